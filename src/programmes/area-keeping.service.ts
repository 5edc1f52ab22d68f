import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import { actorOf, type AccountPrincipal } from '../access/principal.js';
import type { Tx } from '../platform/database/tx.js';
import { DomainError, invalidField, type FieldError } from '../platform/errors.js';
import { Ground } from '../platform/ground.js';
import { mustBeCurrent } from '../platform/http/if-match.js';
import { AreaStore, type Area } from './area.store.js';
import { isCountyFips } from './domain/county.js';

/** Areas as admins keep them. They are not deleted: peers and old offers go by their names. */
@Injectable()
export class AreaKeeping implements OnModuleInit {
  constructor(
    private readonly ground: Ground,
    private readonly areas: AreaStore,
    private readonly access: AccessService,
  ) {}

  onModuleInit(): void {
    const visible = async (_: unknown, id: string): Promise<boolean> => (await this.ground.db.read((tx) => this.areas.byId(tx, id))) !== null;
    this.access.registerSubject({ kind: 'area', visible });
  }

  list(): Promise<Area[]> {
    return this.ground.db.read((tx) => this.areas.all(tx));
  }

  /** Throws `invalid` for a name that is taken and for what is no county. */
  async create(by: AccountPrincipal, name: string, countyFips: readonly string[]): Promise<Area> {
    return this.ground.db.withTx(async (tx) => {
      const area: Area = { id: this.ground.ids.next(), name, countyFips, version: 1 };
      await this.check(tx, area, null);
      await this.areas.insert(tx, area);
      await this.note(tx, by, 'area.create', area);
      return area;
    });
  }

  /** Throws `not-found`, `stale-version` and `invalid`. */
  async change(by: AccountPrincipal, id: string, heldVersion: number, change: Partial<Pick<Area, 'name' | 'countyFips'>>): Promise<Area> {
    return this.ground.db.withTx(async (tx) => {
      const before = await this.areas.lock(tx, id);
      if (!before) throw new DomainError('not-found');
      mustBeCurrent(heldVersion, before.version);
      const wanted = { ...before, ...change };
      await this.check(tx, wanted, before);
      const area = await this.areas.update(tx, wanted);
      await this.note(tx, by, 'area.change', area);
      return area;
    });
  }

  private async check(tx: Tx, wanted: Area, before: Area | null): Promise<void> {
    const errors: FieldError[] = wanted.countyFips.flatMap((code, index) =>
      isCountyFips(code) ? [] : [{ field: `countyFips.${index}`, code: 'unknown-county', message: 'This is no county code.' }],
    );
    if (errors.length > 0) throw new DomainError('invalid', { errors });
    if (wanted.name !== before?.name && (await this.areas.isNameTaken(tx, wanted.name, before?.id ?? null))) {
      throw invalidField('name', 'Another area has this name.', 'taken');
    }
  }

  private async note(tx: Tx, by: AccountPrincipal, action: string, area: Area): Promise<void> {
    await this.ground.events.audit(tx, this.ground.clock.now(), {
      action, subjectType: 'area', subjectId: area.id, actor: actorOf(by), data: { counties: area.countyFips.length },
    });
  }
}
