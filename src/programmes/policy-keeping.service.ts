import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import { actorOf, type AccountPrincipal } from '../access/principal.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, invalidField } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import type { PolicyContents, PolicyKind } from './domain/policy-kind.js';
import { CatalogueService } from './catalogue.service.js';
import { credentialsNamed } from './domain/care-policy.js';
import { policyDiff, type PolicyDifference } from './domain/policy-diff.js';
import { beginningFault } from './domain/policy-beginning.js';
import { policyFaults } from './policy-rules.js';
import { POLICY_SHAPES } from './policy-shape-rules.js';
import { hashOf, PolicyVersions } from './policy-versions.service.js';
import { PolicyStore, type PolicyUse, type PolicyVersionRow, type PolicySlice } from './policy.store.js';
import { ProgrammeStore } from './programme.store.js';

type Content = PolicyContents[PolicyKind];

interface NewPolicy {
  readonly kind: PolicyKind;
  /** Null: for every programme without its own. */
  readonly programmeId: string | null;
  /** The newest version when the admin began, in use or planned; another one now means that somebody else was faster. */
  readonly basedOn: string;
  readonly content: object;
  /** Null: at once. */
  readonly effectiveFrom: Date | null;
}

/** Policy versions as admins keep them: never changed, only followed by the next. Requests keep the one they began with. */
@Injectable()
export class PolicyKeeping implements OnModuleInit {
  constructor(
    private readonly ground: Ground,
    private readonly store: PolicyStore,
    private readonly policies: PolicyVersions,
    private readonly programmes: ProgrammeStore,
    private readonly access: AccessService,
    private readonly catalogue: CatalogueService,
  ) {}

  onModuleInit(): void {
    const visible = async (_: unknown, id: string): Promise<boolean> => (await this.ground.db.read((tx) => this.store.versionById(tx, id))) !== null;
    this.access.registerSubject({ kind: 'policy', visible });
  }

  /** Newest first. */
  page(slice: PolicySlice): Promise<PolicyVersionRow[]> {
    return this.ground.db.read((tx) => this.store.versions(tx, slice));
  }

  inUse(kind: PolicyKind): Promise<PolicyUse[]> {
    return this.ground.db.read((tx) => this.store.inUse(tx, kind, this.ground.clock.now()));
  }

  /** Throws `not-found`. */
  read(id: string): Promise<PolicyVersionRow & { readonly content: Content }> {
    return this.ground.db.read(async (tx) => {
      const found = await this.version(tx, id);
      return { ...found, content: await this.contentOf(tx, found) };
    });
  }

  /** From the one to the other, of the same kind. Throws `not-found`. */
  diff(fromId: string, toId: string): Promise<{ from: PolicyVersionRow; changes: PolicyDifference[] }> {
    return this.ground.db.read(async (tx) => {
      const [from, to] = [await this.version(tx, fromId), await this.version(tx, toId)];
      if (from.kind !== to.kind) throw new DomainError('not-found');
      return { from, changes: policyDiff(await this.contentOf(tx, from), await this.contentOf(tx, to)) };
    });
  }

  /** What saving this would change. Throws `invalid` naming each setting, and for a version there is not. */
  preview(basedOn: string, content: object): Promise<{ from: PolicyVersionRow; changes: PolicyDifference[] }> {
    return this.ground.db.read(async (tx) => {
      const from = await this.base(tx, basedOn);
      const wanted = checked(from.kind, content);
      return { from, changes: policyDiff(await this.contentOf(tx, from), wanted) };
    });
  }

  /**
   * In use from now or from a given time on: a dispatch policy for new requests, a care policy for everybody. The newest
   * in effect counts, so a version takes the place of one that was planned before it. Throws `invalid`, and `conflict`
   * when another version came in between.
   */
  async add(by: AccountPrincipal, { kind, programmeId, basedOn, content, effectiveFrom }: NewPolicy): Promise<PolicyVersionRow & { readonly content: Content }> {
    const wanted = checked(kind, content);
    const id = this.ground.ids.next();
    await this.ground.db.withTx(async (tx) => {
      if (programmeId !== null && (await this.programmes.lock(tx, programmeId))?.status !== 'active') {
        throw invalidField('programmeId', 'There is no such programme.', 'unknown-programme');
      }
      const from = await this.base(tx, basedOn);
      if (from.kind !== kind) throw invalidField('basedOn', 'There is no such version.', 'unknown-version');
      await this.refuseUnknownCredentials(tx, wanted);
      const now = this.ground.clock.now();
      if ((await this.newest(tx, kind, programmeId, now)) !== basedOn) throw new DomainError('conflict');
      const fault = effectiveFrom && beginningFault(effectiveFrom, now);
      if (fault) throw new DomainError('invalid', { errors: [fault] });
      if (policyDiff(await this.contentOf(tx, from), wanted).length === 0) throw invalidField('content', 'Nothing differs from the version in use.', 'unchanged');
      const number = await this.store.insert(tx, { id, kind, programmeId, content: wanted, contentHash: hashOf(wanted), createdBy: by.accountId, at: now, effectiveFrom: effectiveFrom ?? now });
      await this.tell(tx, by, id, programmeId, number, now);
    });
    return this.read(id);
  }

  /** What a change is made to: one that is planned already stands for what it will be. */
  private async newest(tx: Tx, kind: PolicyKind, programmeId: string | null, now: Date): Promise<string | null> {
    return (await this.store.newestId(tx, kind, programmeId)) ?? this.store.currentDefaultId(tx, kind, now);
  }

  private async tell(tx: Tx, by: AccountPrincipal, id: string, programmeId: string | null, number: number, at: Date): Promise<void> {
    const actor = actorOf(by);
    const subject = { subjectType: 'policy', subjectId: id } as const;
    await this.ground.events.append(tx, at, { ...subject, type: 'policy.added', programmeId, version: number, actor, data: { number } });
    await this.ground.events.audit(tx, at, { ...subject, action: 'policy.add', actor, data: { number, ...(programmeId && { programmeId }) } });
  }

  /** What nobody could hold would keep everybody out. */
  private async refuseUnknownCredentials(tx: Tx, wanted: Content): Promise<void> {
    const named = 'requirements' in wanted ? credentialsNamed(wanted.requirements) : [];
    const unknown = await this.catalogue.unknownCodes(tx, 'credential', named.map(({ code }) => code));
    const errors = named.filter(({ code }) => unknown.includes(code)).map(({ field }) => ({ field: `content.requirements.${field}`, code: 'unknown-code', message: 'No such code in the catalogue' }));
    if (errors.length > 0) throw new DomainError('invalid', { errors });
  }

  private async contentOf(tx: Tx, { kind, id }: PolicyVersionRow): Promise<Content> {
    return (await this.policies.byId(tx, kind, id)).content;
  }

  private async version(tx: Tx, id: string): Promise<PolicyVersionRow> {
    const found = await this.store.versionById(tx, id);
    if (!found) throw new DomainError('not-found');
    return found;
  }

  private async base(tx: Tx, basedOn: string): Promise<PolicyVersionRow> {
    const found = await this.store.versionById(tx, basedOn);
    if (!found) throw invalidField('basedOn', 'There is no such version.', 'unknown-version');
    return found;
  }
}

/** By the same rules the product's own policy is checked at boot. */
function checked(kind: PolicyKind, content: object): Content {
  const parsed = POLICY_SHAPES[kind].safeParse(content);
  if (!parsed.success) throw new DomainError('invalid', { errors: policyFaults(parsed.error, 'content') });
  return parsed.data;
}
