import { Injectable } from '@nestjs/common';
import { actorOf, type AccountPrincipal } from '../access/principal.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, invalidField } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { Sealed } from '../platform/seal.js';
import { SealedTexts } from '../platform/sealed-texts.store.js';
import { CatalogueService } from '../programmes/catalogue.service.js';
import { CredentialStore, type Expiring, type ExpiringSearch } from './credential.store.js';
import { credentialFaults, type Credential, type CredentialTerms } from './domain/credential.js';
import { endingForGood, reminderTerms } from './domain/reminders.js';

export interface CredentialToRecord extends CredentialTerms {
  /** As printed on the certificate; sealed. */
  readonly number: Sealed<string> | null;
  /** The one who records stands for it in person. */
  readonly attested: boolean;
}

const numberOf = (credentialId: string) => ({ table: 'peer_credential', rowId: credentialId, column: 'number' });

/** What peers have learnt and hold. A row is never changed: renewing is another row, and a mistake is revoked. */
@Injectable()
export class CredentialsService {
  constructor(
    private readonly ground: Ground,
    private readonly store: CredentialStore,
    private readonly catalogue: CatalogueService,
    private readonly sealedTexts: SealedTexts,
  ) {}

  /** Every one of a peer, the newest first; with the revoked and the expired. */
  of(tx: Tx, personId: string): Promise<Credential[]> {
    return this.store.ofPerson(tx, personId);
  }

  find(tx: Tx, id: string): Promise<Credential | null> {
    return this.store.find(tx, id);
  }

  withNumber(tx: Tx, credentials: readonly Credential[]): Promise<Set<string>> {
    return this.store.withNumber(tx, credentials.map(({ id }) => id));
  }

  /** Throws `not-found` for who is no peer, `not-yourself`, and `invalid` with the fields that cannot be. */
  async record(by: AccountPrincipal, personId: string, ask: CredentialToRecord, mayCheck: boolean): Promise<Credential> {
    return this.ground.db.withTx(async (tx) => {
      if (by.personId === personId) throw new DomainError('not-yourself');
      if (!(await this.store.lockPerson(tx, personId))) throw new DomainError('not-found');
      if (ask.attested && !by.roles.includes('supervisor')) throw invalidField('attested', 'Only a supervisor attests.', 'only-a-supervisor');
      if ((await this.catalogue.unknownCodes(tx, 'credential', [ask.code])).length > 0) throw invalidField('code', 'No such code in the catalogue.', 'unknown-code');
      if (!mayCheck && (await this.catalogue.credentialClasses(tx)).get(ask.code) === 'check') throw invalidField('code', 'Only administration records checks.', 'only-an-admin');
      const now = this.ground.clock.now();
      const [credential] = await this.enter(tx, personId, [ask], by.accountId);
      await this.tell(tx, credential as Credential, by, 'credential.recorded', now);
      return credential as Credential;
    });
  }

  /** For what a deployment begins with as well: no event, no audit. `by`: the account that stands behind it. Throws `invalid`. */
  async enter(tx: Tx, personId: string, asks: readonly CredentialToRecord[], by: string | null): Promise<Credential[]> {
    const now = this.ground.clock.now();
    const classes = await this.catalogue.credentialClasses(tx);
    const entered: Credential[] = asks.map(({ number: _, attested, ...terms }) => {
      const credentialClass = classes.get(terms.code);
      if (!credentialClass) throw invalidField('code', 'No such code in the catalogue.', 'unknown-code');
      const errors = credentialFaults(terms, credentialClass, attested, now);
      if (errors.length > 0) throw new DomainError('invalid', { errors });
      const revokedAt = terms.result === 'not-passed' ? now : null;
      return { ...terms, id: this.ground.ids.next(), personId, credentialClass, attestedBy: attested ? by : null, recordedAt: now, revokedAt };
    });
    await this.store.insert(tx, entered.map(({ credentialClass: _, ...row }) => ({ ...row, recordedBy: by })));
    for (const [index, { number }] of asks.entries()) {
      if (number) await this.sealedTexts.put(tx, now, numberOf(entered[index]?.id ?? ''), number);
    }
    await this.remind(tx, personId, now);
    return entered;
  }

  /** Throws `not-found`, `not-yourself`, and `credential-revoked` when it was already. */
  async revoke(by: AccountPrincipal, id: string): Promise<Credential> {
    return this.ground.db.withTx(async (tx) => {
      const before = await this.store.find(tx, id);
      if (!before) throw new DomainError('not-found');
      if (before.personId === by.personId) throw new DomainError('not-yourself');
      await this.store.lockPerson(tx, before.personId);
      const credential = await this.store.lock(tx, id);
      if (credential?.revokedAt !== null) throw new DomainError('credential-revoked');
      const now = this.ground.clock.now();
      await this.store.revoke(tx, id, by.accountId, now);
      // A renewal that was a mistake: what it had silenced is reminded of again, where its time has not passed.
      await this.remind(tx, credential.personId, now);
      const revoked = { ...credential, revokedAt: now };
      await this.tell(tx, revoked, by, 'credential.revoked', now);
      return revoked;
    });
  }

  /** Audited, for it opens what was sealed. Null when none was given. */
  async readNumber(by: AccountPrincipal, id: string): Promise<string | null> {
    return this.ground.db.withTx(async (tx) => {
      const found = await this.sealedTexts.open(tx, numberOf(id));
      await this.ground.events.audit(tx, this.ground.clock.now(), { action: 'credential.read-number', subjectType: 'credential', subjectId: id, actor: actorOf(by) });
      return found?.open() ?? null;
    });
  }

  expiring(tx: Tx, search: Omit<ExpiringSearch, 'now'>): Promise<Expiring[]> {
    return this.store.expiring(tx, { ...search, now: this.ground.clock.now() });
  }

  dueReminders(now: Date, limit: number): Promise<string[]> {
    return this.ground.db.read((tx) => this.store.dueReminders(tx, now, limit));
  }

  /** The credential this reminder is about, and the reminder is done with; null when there is nothing to say any more. */
  async takeReminder(tx: Tx, id: string, now: Date): Promise<Credential | null> {
    const credentialId = await this.store.takeReminder(tx, id, now);
    return credentialId === null ? null : this.store.find(tx, credentialId);
  }

  /** Of whatever ends for good by now; what was renewed or revoked drops what was still to come. */
  private async remind(tx: Tx, personId: string, now: Date): Promise<void> {
    const all = await this.store.ofPerson(tx, personId);
    const ending = endingForGood(all);
    await this.store.dropReminders(tx, all.filter((each) => !ending.includes(each)).map(({ id }) => id), now);
    const terms = ending.flatMap(({ id: credentialId, expiresAt }) => reminderTerms(expiresAt, now).map((term) => ({ ...term, credentialId, id: this.ground.ids.next() })));
    await this.store.setReminders(tx, terms);
  }

  /** Only the peer hears of it live: what somebody holds is not the desk's to follow. */
  private async tell(tx: Tx, { id, personId, code }: Credential, by: AccountPrincipal, type: 'credential.recorded' | 'credential.revoked', now: Date): Promise<void> {
    const actor = actorOf(by);
    await this.ground.events.append(tx, now, { type, subjectType: 'credential', subjectId: id, programmeId: null, personId, staff: false, version: 1, actor, data: {} });
    await this.ground.events.audit(tx, now, { action: type, subjectType: 'credential', subjectId: id, actor, data: { code } });
    // What is gained may open a gate for whoever waits.
    await this.ground.supply.owe(tx, [personId]);
  }
}
