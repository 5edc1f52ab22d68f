import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Heartbeat } from '../platform/heartbeat.js';
import { Health } from '../platform/http/health.js';
import { Metrics } from '../platform/metrics.js';
import { Sweep } from '../platform/sweep.js';
import { AuditorService } from './auditor.service.js';
import { CoverEndingService } from './cover-ending.service.js';
import type { Findings } from './domain/audit.js';

const GAUGES = {
  overdueRequests: ['dispatch_overdue_requests', 'Requests whose next step is more than 30 seconds late'],
  failingRequests: ['dispatch_failing_requests', 'Requests whose next step has failed twice or more in a row'],
  doubleLeads: ['dispatch_double_leads', 'Requests with two live leads; always 0'],
  openPastClosing: ['dispatch_offers_open_past_closing', 'Offers still open more than 30 seconds after they should have been closed'],
  unpagedAlarms: ['dispatch_unpaged_alarms', 'Alarms whose page is more than 30 seconds late'],
  overdueObligations: ['dispatch_overdue_obligations', 'What is owed beside the next step of a request, and more than 30 seconds late'],
  failingObligations: ['dispatch_failing_obligations', 'Steps beside those of requests that have failed twice or more in a row'],
} as const satisfies Record<keyof Findings, readonly [string, string]>;

@Injectable()
export class Outlook {
  constructor(
    readonly health: Health,
    readonly metrics: Metrics,
    readonly heartbeat: Heartbeat,
  ) {}
}

/** Has the auditor look after each round, and ties what it sees to readiness, figures and the heartbeat. */
@Injectable()
export class AuditorJobs implements OnModuleInit {
  constructor(
    private readonly auditor: AuditorService,
    private readonly coverEnding: CoverEndingService,
    private readonly sweep: Sweep,
    private readonly clock: Clock,
    private readonly outlook: Outlook,
  ) {}

  onModuleInit(): void {
    this.sweep.register({
      name: 'supervisor-gaps',
      due: (_now, limit) => this.auditor.uncovered(limit),
      run: (programmeId) => this.auditor.tellOfGap(programmeId),
    });
    this.sweep.register({
      name: 'cover-ending',
      due: (now, limit) => this.coverEnding.due(now, limit),
      run: (programmeId) => this.coverEnding.settle(programmeId),
    });
    this.sweep.register({
      name: 'alarms-over',
      due: (now, limit) => this.auditor.alarmsOver(now, limit),
      run: (alarmId) => this.auditor.closeIfOver(alarmId),
    });
    this.sweep.watch(async () => void (await this.auditor.look(this.clock.now())));
    this.outlook.health.register('overdue', () => this.auditor.degraded);
    this.outlook.heartbeat.onlyWhile(() => this.auditor.well);
    for (const [finding, [name, help]] of Object.entries(GAUGES) as [keyof Findings, readonly [string, string]][]) {
      this.outlook.metrics.gauge(name, help, () => this.auditor.findings?.[finding] ?? Number.NaN);
    }
  }
}
