import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { SealedRow } from '../platform/seal.js';
import type { Letter, WaitsOn } from './case-reading.store.js';
import type { Agreement, ExitApproval } from './domain/agreement.js';
import type { FlagCase } from './domain/flag-case.js';
import type { SecondRaise } from './domain/second-raise.js';

interface NewNote extends SealedRow {
  readonly id: string;
  readonly personId: string;
  readonly kind: 'own' | 'shared';
  readonly at: Date;
}

interface Lead {
  readonly personId: string;
}

const MOST_LEADS = 50;

/** Writing behind the walls, in the application's own transactions: each statement is a door that tells nothing back. */
@Injectable()
export class CaseDoorsStore {
  /** The lock of everything about one person: their away, their limits, their case. */
  async lockPerson(tx: Tx, personId: string): Promise<void> {
    await tx.rows('SELECT pg_advisory_xact_lock(hashtextextended($1, 1))', [personId]);
  }

  async putCase(tx: Tx, row: FlagCase): Promise<void> {
    await tx.run('SELECT wellness.put_case($1)', [asRow(row)]);
  }

  async putSecondRaise(tx: Tx, row: SecondRaise): Promise<void> {
    await tx.run('SELECT wellness.put_second_raise($1)', [asRow(row)]);
  }

  async addStep(tx: Tx, row: { id: string; caseId: string; at: Date; byPerson: string | null; act: string }): Promise<void> {
    await tx.run('SELECT wellness.add_step($1)', [asRow(row)]);
  }

  async putAgreement(tx: Tx, row: Agreement): Promise<void> {
    await tx.run('SELECT wellness.put_agreement($1)', [asRow(row)]);
  }

  async putSupport(tx: Tx, row: { caseId: string; code: string; offeredBy: string; offeredAt: Date; answer: string | null; answeredAt: Date | null }): Promise<void> {
    await tx.run('SELECT wellness.put_support($1)', [asRow(row)]);
  }

  async putApproval(tx: Tx, caseId: string, approval: ExitApproval): Promise<void> {
    await tx.run('SELECT wellness.put_approval($1)', [asRow({ caseId, ...approval })]);
  }

  async forgetApprovals(tx: Tx, caseId: string): Promise<void> {
    await tx.run('SELECT wellness.forget_approvals($1)', [caseId]);
  }

  async addNote(tx: Tx, { wrappedKey, cipher, ...note }: NewNote): Promise<void> {
    await tx.run('SELECT wellness.add_note($1)', [asRow({ ...note, wrappedKey: hex(wrappedKey), cipher: hex(cipher) })]);
  }

  async forgetNote(tx: Tx, id: string, personId: string): Promise<void> {
    await tx.run('SELECT wellness.forget_note($1, $2)', [id, personId]);
  }

  async logRead(tx: Tx, row: { id: string; personId: string; readerId: string; readerAs: string; what: string; at: Date }): Promise<void> {
    await tx.run('SELECT wellness.log_read($1)', [asRow(row)]);
  }

  async postLetter(tx: Tx, row: Letter & { id: string; waitsOn: WaitsOn; dueAt: Date }): Promise<void> {
    await tx.run('SELECT wellness.post_letter($1)', [asRow(row)]);
  }

  /** What was on its way to somebody about this person comes now. */
  async bringLettersForward(tx: Tx, { toPerson, aboutPerson }: Letter, now: Date): Promise<void> {
    await tx.run('SELECT wellness.bring_letters_forward($1, $2, $3)', [toPerson, aboutPerson, now]);
  }

  /** They have come to where it waits. */
  async openLetters(tx: Tx, personId: string, waitsOn: WaitsOn, now: Date): Promise<void> {
    await tx.run('SELECT wellness.open_letters($1, $2, $3)', [personId, waitsOn, now]);
  }

  /** There is nothing to say after all. */
  async dropLetter(tx: Tx, id: string, at: Date): Promise<void> {
    await tx.run('SELECT wellness.drop_letter($1, $2)', [id, at]);
  }

  async letterSent(tx: Tx, id: string, at: Date): Promise<void> {
    await tx.run('SELECT wellness.letter_sent($1, $2)', [id, at]);
  }

  /** Supervisor leads of the person's programmes, without the person. */
  leadsFor(tx: Tx, personId: string): Promise<Lead[]> {
    return tx.rows<Lead>(
      `SELECT DISTINCT a.person_id FROM account a JOIN programme_member l ON l.person_id = a.person_id
       JOIN programme_member m ON m.programme_id = l.programme_id AND m.person_id = $1
       WHERE a.status = 'active' AND 'supervisor-lead' = ANY(a.roles) AND a.person_id <> $1 ORDER BY a.person_id LIMIT $2`,
      [personId, MOST_LEADS],
    );
  }

  /** Who of them is away at that moment. */
  async awayAmong(tx: Tx, personIds: readonly string[], now: Date): Promise<string[]> {
    const rows = await tx.rows<{ personId: string }>(
      `SELECT person_id FROM away WHERE person_id = ANY($1) AND ended_at IS NULL AND from_at <= $2 AND (until_at IS NULL OR until_at > $2) LIMIT $3`,
      [personIds, now, personIds.length],
    );
    return rows.map(({ personId }) => personId);
  }

  /** When somebody else last reset how they sign in; null: never. */
  async lastResetOf(tx: Tx, personId: string): Promise<Date | null> {
    const { at } = await tx.one<{ at: Date | null }>('SELECT max(r.at) AS at FROM account_reset r JOIN account a ON a.id = r.account_id WHERE a.person_id = $1', [personId]);
    return at;
  }

  async namesOf(tx: Tx, personIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await tx.rows<{ id: string; name: string }>('SELECT id, display_name AS name FROM person WHERE id = ANY($1) LIMIT $2', [personIds, personIds.length]);
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  /** The shortest time any policy in force for them gives; null where none says. */
  async contactHours(tx: Tx, personId: string, now: Date): Promise<number | null> {
    const { hours } = await tx.one<{ hours: number | null }>(
      `SELECT min(r.contact_hours)::int AS hours FROM programme_member m
       JOIN wellness.relapse_policy_standing s ON s.programme_id = m.programme_id AND s.from_at <= $2 AND (s.until_at IS NULL OR s.until_at > $2)
       JOIN wellness.relapse_policy r ON r.id = s.policy_id WHERE m.person_id = $1`,
      [personId, now],
    );
    return hours;
  }
}

/** Names of fields as the columns have them; what lies deeper is a value of its own. */
function asRow(row: object): object {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value as unknown]));
}

function hex(bytes: Buffer): string {
  return `\\x${bytes.toString('hex')}`;
}
