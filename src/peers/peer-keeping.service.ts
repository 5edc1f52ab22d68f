import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import { actorOf, type AccountPrincipal } from '../access/principal.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, invalidField, type FieldError } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { mustBeCurrent } from '../platform/http/if-match.js';
import { CatalogueService } from '../programmes/catalogue.service.js';
import { PeopleService } from '../programmes/people.service.js';
import { PeerKeepingParts } from './peer-keeping-parts.service.js';
import type { PeerProfile } from './domain/peer.js';
import { changed, changedFields, type PeerChange, type TraitName } from './domain/peer-record.js';
import type { PeerRecordView } from './keeping.contract.js';
import { PeerKeepingStore } from './peer-keeping.store.js';

type PeerToEnrol = Omit<PeerProfile, 'status' | 'gender'>;

/** Peers as admins keep them. What a peer keeps to themself is neither read nor written here. */
@Injectable()
export class PeerKeeping implements OnModuleInit {
  constructor(
    private readonly ground: Ground,
    private readonly store: PeerKeepingStore,
    private readonly catalogue: CatalogueService,
    private readonly people: PeopleService,
    private readonly parts: PeerKeepingParts,
    private readonly access: AccessService,
  ) {}

  onModuleInit(): void {
    const visible = async (_: unknown, personId: string): Promise<boolean> => (await this.ground.db.read((tx) => this.parts.peers.profileOf(tx, personId))) !== null;
    this.access.registerSubject({ kind: 'peer', visible });
  }

  /** Throws `not-found`. */
  async view(personId: string): Promise<PeerRecordView> {
    const found = await this.ground.db.read((tx) => this.store.record(tx, personId));
    if (!found) throw new DomainError('not-found');
    const { name, languages, contactKinds, areaId, engagement, youthCleared, status, traits, version } = found;
    return {
      id: personId, name, languages: [...languages], contactKinds: [...contactKinds], areaId, engagement, youthCleared, status, traits: [...traits], version,
    };
  }

  /** Throws `invalid` for whoever has no account as a peer, and `already-a-peer`. */
  async enrol(by: AccountPrincipal, peer: PeerToEnrol): Promise<PeerRecordView> {
    await this.ground.db.withTx(async (tx) => {
      const person = await this.people.find(tx, peer.personId);
      if (!person) throw invalidField('personId', 'Nobody with an account has this id.', 'unknown-person');
      if (!person.roles.includes('peer')) throw invalidField('personId', 'This account has not the role of a peer.', 'not-a-peer');
      if (await this.parts.peers.profileOf(tx, peer.personId)) throw new DomainError('already-a-peer');
      await this.check(tx, { ...peer, gender: null, status: 'active' }, null, []);
      await this.parts.peers.enrol(tx, { ...peer, gender: null, traits: [] });
      await this.tell(tx, by, peer.personId, 1, 'peer.enrol', {});
    });
    return this.view(peer.personId);
  }

  /** In the transaction of whoever sees to their duty. False when nothing differs. Throws `not-found`, `stale-version`, `invalid`. */
  async change(tx: Tx, by: AccountPrincipal, personId: string, heldVersion: number, change: PeerChange): Promise<boolean> {
    const before = await this.store.lock(tx, personId);
    if (!before) throw new DomainError('not-found');
    mustBeCurrent(heldVersion, before.version);
    const wanted = changed(before, change);
    const { addTraits = [], removeTraits = [] } = change;
    const fields = changedFields(before, wanted);
    if (fields.length === 0 && addTraits.length === 0 && removeTraits.length === 0) return false;
    await this.check(tx, wanted, before, addTraits);
    await this.store.update(tx, wanted);
    await this.store.addTraits(tx, personId, addTraits);
    await this.store.removeTraits(tx, personId, removeTraits);
    // How many traits were named, not which: they are health data.
    await this.tell(tx, by, personId, before.version + 1, 'peer.change', { fields: fields.join(' '), traitsAdded: addTraits.length, traitsRemoved: removeTraits.length });
    return true;
  }

  /** Codes retired since may stay with who has them; nobody is given one anew. */
  private async check(tx: Tx, wanted: PeerProfile, before: PeerProfile | null, addTraits: readonly TraitName[]): Promise<void> {
    const errors: FieldError[] = [];
    const fault = (field: string): void => void errors.push({ field, code: 'unknown-code', message: 'No such code in the catalogue.' });
    const newLanguages = wanted.languages.filter((code) => !before?.languages.includes(code));
    for (const code of await this.catalogue.unknownCodes(tx, 'language', newLanguages)) fault(`languages.${wanted.languages.indexOf(code)}`);
    for (const [index, { kind, code }] of addTraits.entries()) {
      if ((await this.catalogue.unknownCodes(tx, kind, [code])).length > 0) fault(`addTraits.${index}.code`);
    }
    if (wanted.areaId !== null && wanted.areaId !== before?.areaId && !(await this.store.areaExists(tx, wanted.areaId))) {
      errors.push({ field: 'areaId', code: 'unknown-area', message: 'There is no such area.' });
    }
    if (errors.length > 0) throw new DomainError('invalid', { errors });
  }

  /** One event for each programme of the peer: the stream shows an event to the staff of its programme. */
  private async tell(tx: Tx, by: AccountPrincipal, personId: string, version: number, action: string, data: Record<string, string | number>): Promise<void> {
    const [at, actor] = [this.ground.clock.now(), actorOf(by)];
    for (const programmeId of await this.parts.programmes.programmesOf(tx, personId)) {
      await this.ground.events.append(tx, at, { type: 'peer.changed', subjectType: 'peer', subjectId: personId, programmeId, personId, version, actor, data: {} });
    }
    await this.ground.events.audit(tx, at, { action, subjectType: 'peer', subjectId: personId, actor, data });
  }
}
