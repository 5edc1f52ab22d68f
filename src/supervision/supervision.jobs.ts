import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import type { AccountPrincipal } from '../access/principal.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { Sweep, type DueRows } from '../platform/sweep.js';
import { CheckInsService } from './check-ins.service.js';
import { CriticalContactsService } from './critical-contacts.service.js';
import { DebriefsService } from './debriefs.service.js';
import { DueService } from './due.service.js';
import { DueWarnings } from './due-warnings.service.js';
import { RelationsService } from './relations.service.js';
import { SessionReading } from './session-reading.service.js';
import { SessionsService } from './sessions.service.js';
import { Clock } from '../platform/clock.js';

/** What falls due. */
@Injectable()
export class SupervisionDues {
  constructor(
    readonly critical: CriticalContactsService,
    readonly checkIns: CheckInsService,
    readonly debriefs: DebriefsService,
    readonly sessions: SessionsService,
    readonly due: DueService,
    readonly warnings: DueWarnings,
  ) {}
}

/** Whose it is. */
@Injectable()
export class SupervisionWalls {
  constructor(
    readonly access: AccessService,
    readonly relations: RelationsService,
    readonly sessions: SessionReading,
    readonly db: Database,
    readonly clock: Clock,
  ) {}

  /** To people only; a machine sees nothing of supervision. */
  show(kind: string, visible: (tx: Tx, who: AccountPrincipal, id: string) => Promise<boolean>): void {
    this.access.registerSubject({ kind, visible: (who, id) => this.db.read(async (tx) => who.kind === 'account' && visible(tx, who, id)) });
  }
}

@Injectable()
export class SupervisionJobs implements OnModuleInit {
  constructor(
    private readonly sweep: Sweep,
    private readonly dues: SupervisionDues,
    private readonly walls: SupervisionWalls,
  ) {}

  onModuleInit(): void {
    const { critical, checkIns, debriefs, sessions, due, warnings } = this.dues;
    this.settle('critical-contacts', (now, limit) => critical.toTell(now, limit), (id) => critical.tellAgain(id));
    this.settle('critical-check-ins', (now, limit) => checkIns.toTell(now, limit), (id) => checkIns.tell(id));
    this.settle('debriefs', (now, limit) => debriefs.toTell(now, limit), (id) => debriefs.tell(id));
    this.settle('supervision-sessions', (now, limit) => sessions.toRemind(now, limit), (id) => sessions.remind(id));
    this.settle('supervision-warnings', (now, limit) => warnings.toWarn(now, limit), (personId) => warnings.warn(personId));
    this.settle('supervision-dues', (_now, limit) => due.without(limit), (personId) => due.giveFirst(personId));

    const { relations, clock } = this.walls;
    this.walls.show('own-peer', (tx, { personId }, id) => relations.isSupervisorOf(tx, personId, id, clock.now()));
    this.walls.show('supervision-session', (tx, who, id) => this.walls.sessions.mayKeep(tx, who, id));
    this.walls.show('held-session', (tx, who, id) => this.walls.sessions.mayOpen(tx, who, id, 'supervisor'));
    this.walls.show('own-session', (tx, who, id) => this.walls.sessions.mayOpen(tx, who, id, 'peer'));
    this.walls.show('critical-contact', (tx, { personId }, id) => critical.mayContact(tx, personId, id));
    this.walls.show('critical-check-in', (tx, { personId }, id) => checkIns.mayRecord(tx, personId, id));
    this.walls.show('debrief', (tx, { personId }, id) => debriefs.mayHold(tx, personId, id));
    this.walls.show('own-debrief', (tx, { personId }, id) => debriefs.isOwn(tx, personId, id));
  }

  /** What cannot be settled stays due and is looked at again in the next round. */
  private settle(name: string, due: DueRows['due'], run: DueRows['run']): void {
    this.sweep.register({ name, due, run });
  }
}
