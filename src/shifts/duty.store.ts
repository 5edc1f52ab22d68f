import { Injectable } from '@nestjs/common';
import { hasLiveChannel } from '../platform/database/live-channel.js';
import type { Tx } from '../platform/database/tx.js';
import { stretchOf, type CheckIn, type DutyRole, type DutyRow, type OpenWork } from './domain/duty.js';
import type { There } from './domain/thin-cover.js';
import type { DutyShape } from './domain/duty-shape.js';

const COLUMNS = `person_id, duty_as, mode, programme_ids, contact_kinds, max_acuity, buddy_only, capacity, place, since, mode_since, until, draining, unanswered,
  still_here_asked_at, still_here_due_at, version`;
/** Who is here, and who is on the way out, is not asked. */
const NOTHING_ASKED = 'unanswered = 0, still_here_asked_at = NULL, still_here_due_at = NULL';
/** More people on duty in one deployment than any agency has; a guard, not a page. */
const MOST_ON_DUTY = 100_000;
const MOST_SUPERVISORS = 500;
/** People of one page of `longestThere`. In the statement's text, not a parameter: a plan made for an unknown limit reads everybody first. */
const PAGE_OF_LONGEST = 200;
/**
 * OFFSET 0 keeps the look for a channel out of the walk from the last end on (index on_duty_by_end, or on_duty_by_trait where
 * few are of the programme): it is made of as many as the page takes. $1 trait of the programme, $2 now.
 */
const longest = (which: string): string => `SELECT 'peer' AS "as", d.until, ARRAY(SELECT substr(t, 10) FROM unnest(d.traits) t WHERE t LIKE 'language:%') AS languages
  FROM (SELECT person_id, until, traits FROM on_duty
        WHERE duty_as = 'peer' AND NOT draining AND traits @> ARRAY[$1::text] AND until > $2 ${which} ORDER BY until DESC OFFSET 0) d
  WHERE ${hasLiveChannel('d.person_id', '$2')} LIMIT ${PAGE_OF_LONGEST}`;
const LONGEST = longest('');
const LONGEST_OF_OTHER_LANGUAGES = longest(`AND traits && (SELECT array_agg('language:' || code) FROM catalogue_item WHERE kind = 'language' AND code <> ALL($3::text[]))`);

export interface DutyKey {
  readonly personId: string;
  readonly dutyAs: DutyRole;
}

interface OnDutySupervisor {
  readonly accountId: string;
  readonly personId: string;
  readonly displayName: string;
  readonly until: Date;
}

@Injectable()
export class DutyStore {
  /** Waits for whoever holds it. */
  lock(tx: Tx, personId: string, dutyAs: DutyRole): Promise<DutyRow | null> {
    return tx.maybe<DutyRow>(`SELECT ${COLUMNS} FROM on_duty WHERE person_id = $1 AND duty_as = $2 FOR UPDATE`, [personId, dutyAs]);
  }

  /** Waits for each in turn; ordered, so that two who wait never wait for each other. */
  lockPeersInOrder(tx: Tx, personIds: readonly string[]): Promise<DutyRow[]> {
    return tx.rows<DutyRow>(`SELECT ${COLUMNS} FROM on_duty WHERE person_id = ANY($1) AND duty_as = 'peer' ORDER BY person_id FOR UPDATE`, [personIds]);
  }

  /** Whether an active account with this role stands behind the person. Read it with the person locked: who is disabled is taken off duty under that lock. */
  async mayServe(tx: Tx, personId: string, dutyAs: DutyRole): Promise<boolean> {
    const found = await tx.maybe(`SELECT 1 FROM account WHERE person_id = $1 AND status = 'active' AND $2 = ANY(roles)`, [personId, dutyAs]);
    return found !== null;
  }

  /** Every duty of one person; at most two. */
  lockAll(tx: Tx, personId: string): Promise<DutyRow[]> {
    return tx.rows<DutyRow>(`SELECT ${COLUMNS} FROM on_duty WHERE person_id = $1 ORDER BY duty_as LIMIT 2 FOR UPDATE`, [personId]);
  }

  /** Leaves out who is locked by somebody else: they are being asked or are answering right now. Ordered, so that two askers never wait for each other. */
  lockFreePeers(tx: Tx, personIds: readonly string[]): Promise<DutyRow[]> {
    return tx.rows<DutyRow>(
      `SELECT ${COLUMNS} FROM on_duty WHERE person_id = ANY($1) AND duty_as = 'peer' ORDER BY person_id FOR UPDATE SKIP LOCKED`,
      [personIds],
    );
  }

  /** Waits for each, in the order of person, so that two who want the same two never wait in a circle. */
  lockPeers(tx: Tx, personIds: readonly string[]): Promise<DutyRow[]> {
    return tx.rows<DutyRow>(`SELECT ${COLUMNS} FROM on_duty WHERE person_id = ANY($1) AND duty_as = 'peer' ORDER BY person_id FOR UPDATE`, [personIds]);
  }

  ofPerson(tx: Tx, personId: string): Promise<DutyRow[]> {
    return tx.rows<DutyRow>(`SELECT ${COLUMNS} FROM on_duty WHERE person_id = $1 ORDER BY duty_as LIMIT 2`, [personId]);
  }

  inProgrammes(tx: Tx, programmeIds: readonly string[]): Promise<DutyRow[]> {
    return tx.rows<DutyRow>(
      `SELECT ${COLUMNS} FROM on_duty WHERE programme_ids && $1::uuid[] ORDER BY since, person_id LIMIT $2`,
      [programmeIds, MOST_ON_DUTY],
    );
  }

  /** Longest on duty first. A disabled account covers nothing. */
  supervisorsOf(tx: Tx, programmeId: string, now: Date): Promise<OnDutySupervisor[]> {
    return tx.rows<OnDutySupervisor>(
      `SELECT a.id AS account_id, d.person_id, p.display_name, d.until
       FROM on_duty d JOIN account a ON a.person_id = d.person_id JOIN person p ON p.id = d.person_id
       WHERE d.duty_as = 'supervisor' AND $1::uuid = ANY(d.programme_ids) AND d.until > $2
         AND a.status = 'active' AND 'supervisor' = ANY(a.roles)
       ORDER BY d.since, d.person_id LIMIT $3`,
      [programmeId, now, MOST_SUPERVISORS],
    );
  }

  /**
   * Peers of a programme with how long they are there and what they speak: of each language whoever stays longest is among
   * them, and of everybody the one who stays longest. Who is leaving after a contact, or is reached by no channel, is not
   * asked. Among 100,000 that is a page of them, and one more to know that no other language is spoken.
   */
  async longestThere(tx: Tx, programmeId: string, now: Date): Promise<There[]> {
    const trait = `programme:${programmeId}`;
    let page = await tx.rowsPlannedAnew<There>(LONGEST, [trait, now]);
    const there = [...page];
    while (page.length === PAGE_OF_LONGEST) {
      page = await tx.rowsPlannedAnew<There>(LONGEST_OF_OTHER_LANGUAGES, [trait, now, [...new Set(there.flatMap(({ languages }) => languages))]]);
      there.push(...page);
    }
    return there;
  }

  async save(tx: Tx, duty: CheckIn & Pick<DutyRow, 'personId' | 'since' | 'modeSince'>, traits: readonly string[]): Promise<DutyRow> {
    return tx.one<DutyRow>(
      `INSERT INTO on_duty (person_id, duty_as, mode, programme_ids, contact_kinds, max_acuity, buddy_only, capacity, place, since, until, traits, mode_since)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
       ON CONFLICT (person_id, duty_as) DO UPDATE SET
         mode = EXCLUDED.mode, programme_ids = EXCLUDED.programme_ids, contact_kinds = EXCLUDED.contact_kinds,
         max_acuity = EXCLUDED.max_acuity, buddy_only = EXCLUDED.buddy_only, capacity = EXCLUDED.capacity, place = EXCLUDED.place,
         since = EXCLUDED.since, mode_since = EXCLUDED.mode_since, until = EXCLUDED.until, traits = EXCLUDED.traits, draining = false,
         ${NOTHING_ASKED}, version = on_duty.version + 1
       RETURNING ${COLUMNS}`,
      [
        duty.personId, duty.dutyAs, duty.mode, duty.programmeIds, duty.contactKinds, duty.maxAcuity, duty.buddyOnly, duty.capacity,
        duty.place, duty.since, duty.until, traits, duty.modeSince,
      ],
    );
  }

  /** What the duty is for, when the person's programmes or profile changed under it. */
  reshape(tx: Tx, { personId, dutyAs }: DutyKey, shape: DutyShape): Promise<DutyRow> {
    return tx.one<DutyRow>(
      `UPDATE on_duty SET programme_ids = $3, contact_kinds = $4, traits = $5, version = version + 1 WHERE person_id = $1 AND duty_as = $2 RETURNING ${COLUMNS}`,
      [personId, dutyAs, shape.programmeIds, shape.contactKinds, shape.traits],
    );
  }

  drain(tx: Tx, { personId, dutyAs }: DutyKey): Promise<DutyRow> {
    return tx.one<DutyRow>(
      `UPDATE on_duty SET draining = true, ${NOTHING_ASKED}, version = version + 1 WHERE person_id = $1 AND duty_as = $2 RETURNING ${COLUMNS}`,
      [personId, dutyAs],
    );
  }

  async remove(tx: Tx, { personId, dutyAs }: DutyKey): Promise<void> {
    await tx.run('DELETE FROM on_duty WHERE person_id = $1 AND duty_as = $2', [personId, dutyAs]);
  }

  /** How long people were on duty and in which mode, for the hours of their shift and week: the part that goes on. What never lasted is not kept. */
  async keepPeriod(tx: Tx, duty: DutyRow, endedAt: Date): Promise<void> {
    const { since, mode } = stretchOf(duty);
    if (endedAt <= since) return;
    await tx.run('INSERT INTO duty_period (person_id, duty_as, since, ended_at, mode) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING', [
      duty.personId, duty.dutyAs, since, endedAt, mode,
    ]);
  }

  // What is asked and answered between the duty and its peer leaves the version alone: staff are told of each new one.
  async countUnanswered(tx: Tx, personId: string, unanswered: number): Promise<void> {
    await tx.run(`UPDATE on_duty SET unanswered = $2 WHERE person_id = $1 AND duty_as = 'peer'`, [personId, unanswered]);
  }

  async askStillHere(tx: Tx, personId: string, askedAt: Date, dueAt: Date): Promise<void> {
    await tx.run(`UPDATE on_duty SET still_here_asked_at = $2, still_here_due_at = $3 WHERE person_id = $1 AND duty_as = 'peer'`, [personId, askedAt, dueAt]);
  }

  /** Whether they had been asked. */
  async answerStillHere(tx: Tx, personId: string): Promise<boolean> {
    const before = await this.lock(tx, personId, 'peer');
    if (!before || (before.unanswered === 0 && before.stillHereAskedAt === null)) return false;
    await tx.run(`UPDATE on_duty SET ${NOTHING_ASKED} WHERE person_id = $1 AND duty_as = 'peer'`, [personId]);
    return before.stillHereAskedAt !== null;
  }

  /** Offers and contacts belong to dispatch; here they are only counted, so that nobody leaves in the middle of one. */
  openWorkOf(tx: Tx, personId: string): Promise<OpenWork> {
    return tx.one<OpenWork>(
      `SELECT (SELECT count(*)::int FROM assignment WHERE person_id = $1 AND ended_at IS NULL) AS live_assignments,
              (SELECT count(*)::int FROM assignment WHERE person_id = $1 AND ended_at IS NULL AND handing_over_at IS NOT NULL) AS handing_over,
              (SELECT count(*)::int FROM offer WHERE person_id = $1 AND status = 'pending' AND purpose = 'contact') AS pending_offers`,
      [personId],
    );
  }

  /** Run out (index on_duty_by_end), silent (index on_duty_silent), or drained while the process that should have let them go was away. */
  over(tx: Tx, now: Date, limit: number): Promise<DutyKey[]> {
    return tx.rows<DutyKey>(
      `SELECT person_id, duty_as FROM on_duty d
       WHERE (until <= $1 AND NOT draining) OR still_here_due_at <= $1
          OR (draining AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.person_id = d.person_id AND a.ended_at IS NULL))
       ORDER BY until LIMIT $2`,
      [now, limit],
    );
  }
}
