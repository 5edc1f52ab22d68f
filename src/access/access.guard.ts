import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '../platform/config.js';
import { DomainError } from '../platform/errors.js';
import { rememberCaller } from '../platform/http/caller.js';
import { ACTION, FOR_ENROLLING, OPEN_IN_DEMO, PUBLIC, SHUT_AFTER_RESET, SUBJECT } from '../platform/http/route.js';
import { isUuid } from '../platform/http/text.js';
import { AccessService } from './access.service.js';
import { AccountResetsService } from './account-resets.service.js';
import { ApiKeysService } from './api-keys.service.js';
import { bearerOf, originAllowed, sessionTokenOf } from './domain/credentials.js';
import { rememberPrincipal, type Principal } from './principal.js';
import { SessionsService, type SignedInPrincipal } from './sessions.service.js';

/** The door of every route: 401, then 403, then 404; the body is looked at after that. What no rule names is refused. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly reflector: Reflector,
    private readonly access: AccessService,
    private readonly sessions: SessionsService,
    private readonly apiKeys: ApiKeysService,
    private readonly resets: AccountResetsService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const told = <T>(key: string): T | undefined => this.reflector.get<T | undefined>(key, context.getHandler());
    if (told<boolean>(PUBLIC)) {
      this.checkOrigin(request);
      return true;
    }
    const principal = await this.authenticate(request);
    if (!principal && told<boolean>(OPEN_IN_DEMO) && this.config.demo) return true;
    if (!principal) throw new DomainError('not-signed-in');
    this.checkOrigin(request);
    if ('mayOnlyEnrol' in principal && principal.mayOnlyEnrol && !told<boolean>(FOR_ENROLLING)) throw new DomainError('second-factor-not-set-up');
    const action = told<string>(ACTION);
    if (action === undefined || !this.access.includes(principal, action)) throw new DomainError('not-allowed');
    const shut = this.reflector.getAllAndOverride<boolean | undefined>(SHUT_AFTER_RESET, [context.getHandler(), context.getClass()]);
    if (shut && principal.kind === 'account') await this.resets.refuseSoonAfter(principal.accountId);
    await this.checkIds(request, told<string>(SUBJECT), principal);
    rememberPrincipal(request, principal);
    rememberCaller(request, principal.kind === 'account' ? `account:${principal.accountId}` : `api-key:${principal.apiKeyId}`);
    return true;
  }

  private async authenticate(request: FastifyRequest): Promise<Principal | SignedInPrincipal | null> {
    const { authorization, cookie } = request.headers;
    // A machine that sends a key means the key: a bad one is not made good by a cookie.
    if (authorization !== undefined) {
      const key = bearerOf(authorization);
      return key === null ? null : this.apiKeys.authenticate(key);
    }
    const token = sessionTokenOf(cookie);
    return token === null ? null : this.sessions.authenticate(token);
  }

  /** A browser says where a call comes from; a cookie may be used from our own pages only. */
  private checkOrigin(request: FastifyRequest): void {
    const { origin, authorization } = request.headers;
    if (['GET', 'HEAD', 'OPTIONS'].includes(request.method) || origin === undefined || authorization !== undefined) return;
    if (!originAllowed(origin, request.host, this.config.publicUrl)) throw new DomainError('origin-not-allowed');
  }

  /** A malformed id names nothing, and what the caller may not see is not there. */
  private async checkIds(request: FastifyRequest, subject: string | undefined, principal: Principal): Promise<void> {
    const params = request.params as Readonly<Record<string, string>>;
    for (const [name, value] of Object.entries(params)) {
      if (/^id$|Id$/.test(name) && !isUuid(value)) throw new DomainError('not-found');
    }
    if (subject === undefined) return;
    const visible = await this.access.subject(subject)?.visible(principal, params.id ?? Object.values(params).join('/'));
    if (visible !== true) throw new DomainError('not-found');
  }
}
