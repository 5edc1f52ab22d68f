import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { ROUTE_ARGS_METADATA, RouteParamtypes } from '@nestjs/common/internal';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { refuseStrayBody } from './input.pipe.js';

/** A route that declares no body knows no field of one. */
@Injectable()
export class StrayBodyInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const args = (Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), context.getHandler().name) ?? {}) as object;
    const takesBody = Object.keys(args).some((arg) => arg.startsWith(`${RouteParamtypes.BODY}:`));
    if (!takesBody) refuseStrayBody(context.switchToHttp().getRequest<FastifyRequest>().body);
    return next.handle();
  }
}
