import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Metrics } from '../metrics.js';
import { Health, type Readiness } from './health.js';
import { Action, OpenInDemo, Public } from './route.js';

class AliveView {
  @ApiProperty({ enum: ['alive'] }) status: 'alive';
}

class DependenciesView {
  @ApiProperty({ enum: ['ok', 'unreachable'] }) postgres: string;
  @ApiProperty({ enum: ['ok', 'missing', 'unknown'] }) migrations: string;
  @ApiProperty({ enum: ['ok', 'degraded'], description: 'Degraded: dispatch goes on from Postgres, seconds later' }) queue: string;
}

class ReadyView {
  @ApiProperty({ enum: ['ready', 'draining', 'not-ready'] }) status: string;
  @ApiProperty({ type: DependenciesView }) dependencies: DependenciesView;
  @ApiProperty({ type: [String], description: 'Parts that work less well than they should' }) degraded: string[];
}

/** What operations ask of a process. */
@ApiTags('operations')
@Controller()
export class OperationsController {
  constructor(
    private readonly health: Health,
    private readonly metrics: Metrics,
  ) {}

  @Get('healthz')
  @Public()
  @ApiOkResponse({ type: AliveView })
  alive(): AliveView {
    return { status: 'alive' };
  }

  @Get('readyz')
  @Public()
  @ApiOkResponse({ type: ReadyView })
  @ApiResponse({ status: 503, type: ReadyView, description: 'This process cannot serve' })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    const readiness = await this.health.readiness();
    void reply.status(readiness.status === 'ready' ? 200 : 503).header('cache-control', 'no-store');
    return readiness;
  }

  @Get('metrics')
  @Action('operations.read')
  @OpenInDemo()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiOkResponse({ description: 'Prometheus text format', content: { 'text/plain': { schema: { type: 'string' } } } })
  exposition(): Promise<string> {
    return this.metrics.exposition();
  }
}
