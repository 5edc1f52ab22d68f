import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import type { Facts } from '../access/domain/matrix.js';
import type { AccountPrincipal, Principal } from '../access/principal.js';
import { after, HOUR_MS } from '../platform/time.js';
import { Ground } from '../platform/ground.js';
import { ProgrammesService } from '../programmes/programmes.service.js';
import { credentialView, credentialViews } from './views.js';
import type { Expiring } from './credential.store.js';
import { DomainError } from '../platform/errors.js';
import type { CredentialView } from './credentials.contract.js';
import { CredentialsService, type CredentialToRecord } from './credentials.service.js';
import { PeersService } from './peers.service.js';

/** What routes name: a peer whose credentials one may read, one to record for, a credential to revoke, a number to open. */
export const [LISTED, RECORDED, REVOKED, NUMBERED] = ['credential.list', 'credential.record', 'credential.revoke', 'credential.read-number'] as const;

/** Credentials as administration and supervisors see and record them. */
@Injectable()
export class CredentialKeeping implements OnModuleInit {
  constructor(
    private readonly ground: Ground,
    private readonly credentials: CredentialsService,
    private readonly peers: PeersService,
    private readonly programmes: ProgrammesService,
    private readonly access: AccessService,
  ) {}

  onModuleInit(): void {
    for (const action of [LISTED, RECORDED]) this.access.registerSubject({ kind: action, visible: (who, personId) => this.mayOf(who, action, personId) });
    for (const action of [REVOKED, NUMBERED]) this.access.registerSubject({ kind: action, visible: (who, id) => this.mayThis(who, action, id) });
  }

  /** Checks are between the peer and administration: supervisors are not shown them. */
  list(who: AccountPrincipal, personId: string): Promise<CredentialView[]> {
    return this.ground.db.read(async (tx) => {
      const all = await this.credentials.of(tx, personId);
      const numbered = await this.credentials.withNumber(tx, all);
      return credentialViews({ all, numbered, withChecks: who.personId === personId || seesChecks(who), at: this.ground.clock.now() });
    });
  }

  /** Throws as `CredentialsService.record`, and `invalid` for a check recorded by anybody but an admin. */
  async record(by: AccountPrincipal, personId: string, ask: CredentialToRecord): Promise<CredentialView> {
    return this.shown(await this.credentials.record(by, personId, ask, seesChecks(by)));
  }

  async revoke(by: AccountPrincipal, id: string): Promise<CredentialView> {
    return this.shown(await this.credentials.revoke(by, id));
  }

  /** What ends within so many days among the peers of the caller's programmes; an admin sees everybody's. */
  expiring(who: Principal, { days, limit, after: afterRow }: { days: number; limit: number; after: { expiresAt: Date; id: string } | null }): Promise<Expiring[]> {
    return this.ground.db.read(async (tx) => {
      const all = this.access.reach(who, 'credential.list-expiring').some((relations) => relations.length === 0);
      const programmeIds = all ? null : (await this.programmes.reach(tx, who, 'credential.list-expiring')).map(({ id }) => id);
      return this.credentials.expiring(tx, { programmeIds, before: after(this.ground.clock.now(), days * 24 * HOUR_MS), limit, after: afterRow });
    });
  }

  private shown(credential: { id: string; personId: string }): Promise<CredentialView> {
    return this.ground.db.read(async (tx) => {
      const all = await this.credentials.of(tx, credential.personId);
      const numbered = await this.credentials.withNumber(tx, all);
      const found = all.find(({ id }) => id === credential.id);
      if (!found) throw new DomainError('not-found');
      return credentialView(found, { all, numbered, at: this.ground.clock.now() });
    });
  }

  /** For subjects that are peers. */
  mayOf(who: Principal, action: string, personId: string): Promise<boolean> {
    return this.ground.db.read(async (tx) => {
      if (who.kind !== 'account' || !(await this.peers.profileOf(tx, personId))) return false;
      const facts: Facts = { isOwn: who.personId === personId, inProgramme: await this.peers.shareProgramme(tx, who.personId, personId) };
      return this.access.reach(who, action).some((relations) => relations.every((relation) => facts[relation] === true));
    });
  }

  private async mayThis(who: Principal, action: string, id: string): Promise<boolean> {
    const credential = await this.ground.db.read((tx) => this.credentials.find(tx, id));
    if (!credential || who.kind !== 'account') return false;
    if (credential.credentialClass === 'check' && credential.personId !== who.personId && !seesChecks(who)) return false;
    return this.mayOf(who, action, credential.personId);
  }
}

const seesChecks = (who: AccountPrincipal): boolean => who.roles.includes('admin');
