import { Injectable, RequestMethod, type OnApplicationBootstrap } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/internal';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { ACTION, PUBLIC, SUBJECT } from '../platform/http/route.js';
import { AccessService } from './access.service.js';

interface Route {
  readonly name: string;
  readonly action: string | undefined;
  readonly open: boolean;
  readonly subject: string | undefined;
}

/** A route nobody thought about must not exist: the boot fails when a route and `config/roles.json` do not fit. */
@Injectable()
export class RouteDeclarationsService implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly access: AccessService,
  ) {}

  /** The loaders of subjects are registered by now. */
  onApplicationBootstrap(): void {
    const routes = this.routes();
    const faults = [
      ...routes.flatMap((route) => this.faultsOf(route)),
      ...this.access.actions.filter((action) => !routes.some((route) => route.action === action)).map((action) => `no route carries out ${action}`),
    ];
    if (faults.length > 0) throw new Error(`routes and config/roles.json do not fit: ${faults.join('; ')}`);
  }

  private faultsOf(route: Route): string[] {
    if (route.open) return route.action === undefined ? [] : [`${route.name} is public and names an action`];
    if (route.action === undefined) return [`${route.name} names no action`];
    const unknown = this.access.actions.includes(route.action) ? [] : [`${route.name} names ${route.action}, which nobody may do`];
    const orphan = route.subject === undefined || this.access.subject(route.subject) ? [] : [`${route.name} names the subject ${route.subject}, which nobody loads`];
    return [...unknown, ...orphan];
  }

  private routes(): Route[] {
    return this.discovery.getControllers().flatMap(({ metatype }) => {
      if (typeof metatype !== 'function') return [];
      const prototype = metatype.prototype as Record<string, () => unknown>;
      return this.scanner.getAllMethodNames(prototype).flatMap((name) => {
        const handler = prototype[name];
        const method = handler ? (Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined) : undefined;
        if (!handler || method === undefined) return [];
        return [{
          name: `${metatype.name}.${name}`,
          action: Reflect.getMetadata(ACTION, handler) as string | undefined,
          open: Reflect.getMetadata(PUBLIC, handler) === true,
          subject: Reflect.getMetadata(SUBJECT, handler) as string | undefined,
        }];
      });
    });
  }
}
