import { Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { DocsController } from './docs.controller.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { IdempotencyStore } from './idempotency.store.js';
import { InputPipe } from './input.pipe.js';
import { ApiDescription } from './openapi.js';
import { OperationsController } from './operations.controller.js';
import { ProblemFilter } from './problem.filter.js';
import { StrayBodyInterceptor } from './stray-body.interceptor.js';

/** The conventions every route follows, whoever wrote it. */
@Module({
  controllers: [OperationsController, DocsController],
  providers: [
    ApiDescription,
    IdempotencyStore,
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_PIPE, useClass: InputPipe },
    { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
    { provide: APP_INTERCEPTOR, useClass: StrayBodyInterceptor },
  ],
  exports: [ApiDescription],
})
export class HttpModule {}
