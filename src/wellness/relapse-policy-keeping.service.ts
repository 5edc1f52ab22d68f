import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import { actorOf, type AccountPrincipal, type Principal } from '../access/principal.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, invalidField } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { mustBeCurrent } from '../platform/http/if-match.js';
import { after, HOUR_MS } from '../platform/time.js';
import { ProgrammeKeeping } from '../programmes/programme-keeping.service.js';
import { ProgrammesService } from '../programmes/programmes.service.js';
import { announcedAt, dateFaults, policyStanding, reviewDueAt, type PolicyDates, type PolicyStanding, type PolicyWords } from './domain/relapse-policy.js';
import { RelapsePolicyDues } from './relapse-policy-dues.service.js';
import { RELAPSE_POLICY_TEMPLATE } from './relapse-policy-rules.js';
import { RelapsePolicyStore, type Acknowledgements, type RelapsePolicyRow } from './relapse-policy.store.js';

const REVIEWED_AFTER_MS = 182 * 24 * HOUR_MS;

export interface KeptPolicies {
  readonly programmeId: string;
  readonly programmeName: string;
  readonly standing: PolicyStanding;
  /** Somebody is to look at it again; null: not yet, or the next version waits for its day. */
  readonly reviewDueSince: Date | null;
  /** Newest first. */
  readonly versions: readonly RelapsePolicyRow[];
  readonly acknowledgements: readonly Acknowledgements[];
}

/** Relapse policies as admins write them and somebody else approves them. An approved one is never changed, only followed by the next. */
@Injectable()
export class RelapsePolicyKeeping implements OnModuleInit {
  constructor(
    private readonly ground: Ground,
    private readonly store: RelapsePolicyStore,
    private readonly programmes: ProgrammesService,
    private readonly keeping: ProgrammeKeeping,
    private readonly access: AccessService,
    private readonly dues: RelapsePolicyDues,
  ) {}

  onModuleInit(): void {
    const visible = (who: Principal, id: string): Promise<boolean> => this.ground.db.read(async (tx) => {
      const found = await this.store.byId(tx, id);
      return found !== null && this.mayApprove(tx, who, found.programmeId);
    });
    this.access.registerSubject({ kind: 'relapse-policy', visible });
  }

  /** Of every programme within the caller's reach, by name. */
  list(who: AccountPrincipal): Promise<KeptPolicies[]> {
    return this.ground.db.read(async (tx) => {
      const kept: KeptPolicies[] = [];
      for (const programme of await this.programmes.reach(tx, who, 'relapse-policy.list')) kept.push(await this.kept(tx, programme.id, programme.name));
      return kept;
    });
  }

  /** The next version, to be approved; from the template where nothing is said. Throws `invalid` for no such programme, `conflict` while there is a draft. */
  async draft(by: AccountPrincipal, programmeId: string, words: Partial<PolicyWords>): Promise<RelapsePolicyRow> {
    const id = this.ground.ids.next();
    return this.ground.db.withTx(async (tx) => {
      const versions = await this.locked(tx, programmeId);
      if (versions.some(({ state }) => state === 'draft')) throw new DomainError('conflict');
      const [newest] = versions;
      const content = { ...RELAPSE_POLICY_TEMPLATE, ...newest, ...words };
      await this.store.writeDraft(tx, { ...wordsOf(content), id, programmeId, number: (newest?.number ?? 0) + 1, by: by.accountId }, this.ground.clock.now());
      return this.told(tx, by, id, 'relapse-policy.draft');
    });
  }

  /** Throws `not-found`, `stale-version`, and `relapse-policy-approved` for what is not a draft any more. */
  async change(by: AccountPrincipal, id: string, held: number, words: Partial<PolicyWords>): Promise<RelapsePolicyRow> {
    return this.ground.db.withTx(async (tx) => {
      const draft = await this.draftOf(tx, id, held);
      await this.store.writeDraft(tx, { ...wordsOf({ ...draft, ...words }), id, programmeId: draft.programmeId, number: draft.number, by: by.accountId }, this.ground.clock.now());
      return this.told(tx, by, id, 'relapse-policy.change');
    });
  }

  /** By somebody who did not write it. Throws as `change` does, `not-yourself`, and `invalid` for dates that cannot be. */
  async approve(by: AccountPrincipal, id: string, held: number, dates: PolicyDates): Promise<RelapsePolicyRow> {
    return this.ground.db.withTx(async (tx) => {
      const draft = await this.draftOf(tx, id, held);
      if (!(await this.mayApprove(tx, by, draft.programmeId))) throw new DomainError('not-found');
      const now = this.ground.clock.now();
      const errors = dateFaults(dates, policyStanding(await this.store.facts(tx, draft.programmeId, now), now), now);
      if (errors.length > 0) throw new DomainError('invalid', { errors });
      if (draft.writtenBy === by.accountId) throw new DomainError('not-yourself');
      const from = fromNow(dates, now);
      await this.store.approve(tx, id, by.accountId, from, now);
      for (const dueAt of announcedAt(from.effectiveAt, now)) await this.store.insertNotice(tx, this.ground.ids.next(), id, dueAt);
      await this.dues.moveOn(tx, draft.programmeId, now);
      return this.told(tx, by, id, 'relapse-policy.approve');
    });
  }

  /** A supervisor answers for today. Throws `not-found` for a programme not theirs, `nothing-to-confirm` while the policy is in force or gone. */
  async confirm(by: AccountPrincipal, programmeId: string): Promise<KeptPolicies> {
    return this.ground.db.withTx(async (tx) => {
      const inProgramme = await this.programmes.isMember(tx, by.personId, programmeId);
      this.access.require(by, 'relapse-policy.confirm', { inProgramme });
      const { name } = await this.keeping.locked(tx, programmeId);
      const now = this.ground.clock.now();
      const { kind } = policyStanding(await this.store.facts(tx, programmeId, now), now);
      if (kind === 'in-force' || kind === 'missing') throw new DomainError('nothing-to-confirm');
      await this.store.confirm(tx, this.ground.ids.next(), programmeId, by.accountId, now);
      await this.dues.moveOn(tx, programmeId, now);
      await this.ground.events.audit(tx, now, { action: 'relapse-policy.confirm', subjectType: 'programme', subjectId: programmeId, actor: actorOf(by) });
      return this.kept(tx, programmeId, name);
    });
  }

  /** For who founds programmes without asking anybody: the demo, and worlds of tests. Effective at once, for a year, in place of any draft. */
  async publish(tx: Tx, programmeId: string): Promise<string> {
    const now = this.ground.clock.now();
    const dates = { effectiveAt: now, reviewAt: after(now, REVIEWED_AFTER_MS), expiresAt: after(now, 2 * REVIEWED_AFTER_MS) };
    const versions = await this.store.ofProgramme(tx, programmeId);
    const { id, number } = versions.find(({ state }) => state === 'draft') ?? { id: this.ground.ids.next(), number: (versions[0]?.number ?? 0) + 1 };
    await this.store.writeDraft(tx, { ...RELAPSE_POLICY_TEMPLATE, id, programmeId, number, by: null }, now);
    await this.store.approve(tx, id, null, dates, now);
    await this.dues.moveOn(tx, programmeId, now);
    return id;
  }

  /** For the same: they have read what holds in their programmes. */
  async acknowledgeAll(tx: Tx, personId: string): Promise<void> {
    const now = this.ground.clock.now();
    for (const { id } of await this.store.forPerson(tx, personId, now)) await this.store.acknowledge(tx, id, personId, now);
  }

  /** Whether this programme's policies are theirs to look at one by one: an admin's, and a supervisor lead's of the programme. */
  private async mayApprove(tx: Tx, who: Principal, programmeId: string): Promise<boolean> {
    const inProgramme = who.kind === 'account' && (await this.programmes.isMember(tx, who.personId, programmeId));
    return this.access.reach(who, 'relapse-policy.approve').some((relations) => relations.every((relation) => relation === 'inProgramme' && inProgramme));
  }

  private async kept(tx: Tx, programmeId: string, programmeName: string): Promise<KeptPolicies> {
    const now = this.ground.clock.now();
    const review = await this.store.toReview(tx, programmeId, now);
    const dueAt = review && reviewDueAt(review);
    return {
      programmeId, programmeName, reviewDueSince: dueAt && dueAt <= now ? dueAt : null, standing: policyStanding(await this.store.facts(tx, programmeId, now), now),
      versions: await this.store.ofProgramme(tx, programmeId), acknowledgements: await this.store.acknowledgements(tx, programmeId),
    };
  }

  /** One writer at a time for each programme. */
  private async locked(tx: Tx, programmeId: string): Promise<RelapsePolicyRow[]> {
    const programme = await this.programmes.get(tx, programmeId);
    if (programme?.status !== 'active') throw invalidField('programmeId', 'There is no such programme.', 'unknown-programme');
    await this.keeping.locked(tx, programmeId);
    return this.store.ofProgramme(tx, programmeId);
  }

  private async draftOf(tx: Tx, id: string, held: number): Promise<RelapsePolicyRow> {
    const found = await this.store.byId(tx, id);
    if (!found) throw new DomainError('not-found');
    await this.keeping.locked(tx, found.programmeId);
    const draft = await this.store.byId(tx, id);
    if (!draft) throw new DomainError('not-found');
    mustBeCurrent(held, draft.version);
    if (draft.state !== 'draft') throw new DomainError('relapse-policy-approved');
    return draft;
  }

  private async told(tx: Tx, by: AccountPrincipal, id: string, action: string): Promise<RelapsePolicyRow> {
    const found = await this.store.byId(tx, id);
    if (!found) throw new Error('a policy that was just written is not there');
    const data = { programmeId: found.programmeId, number: found.number };
    await this.ground.events.audit(tx, this.ground.clock.now(), { action, subjectType: 'relapse-policy', subjectId: id, actor: actorOf(by), data });
    return found;
  }
}

function wordsOf({ label, text, contactHours }: PolicyWords): PolicyWords {
  return { label, text, contactHours };
}

/** A beginning in the past counts as now. */
function fromNow(dates: PolicyDates, now: Date): PolicyDates {
  return dates.effectiveAt < now ? { ...dates, effectiveAt: now } : dates;
}
