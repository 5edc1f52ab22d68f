import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { Credential } from './domain/credential.js';
import type { ReminderTerm } from './domain/reminders.js';

interface NewCredential extends Omit<Credential, 'credentialClass' | 'revokedAt'> {
  readonly recordedBy: string | null;
  /** Set at once for what counts for nothing, as a check that was not passed. */
  readonly revokedAt: Date | null;
}

/** A credential that ends, and whose it is. */
export interface Expiring extends Credential {
  readonly name: string;
  readonly expiresAt: Date;
}

export interface ExpiringSearch {
  /** Null: every peer's. */
  readonly programmeIds: readonly string[] | null;
  readonly now: Date;
  readonly before: Date;
  /** Null: from the start. */
  readonly after: { readonly expiresAt: Date; readonly id: string } | null;
  readonly limit: number;
}

// A peer has tens of credentials in a working life.
const MOST_OF_A_PERSON = 500;

const CREDENTIAL = `c.id, c.person_id, c.code, i.credential_class, c.issuer, c.state, c.result, c.issued_on::text AS issued_on, c.expires_at,
  c.hours::float8 AS hours, c.ce_hours::float8 AS ce_hours, c.ce_hours_needed::float8 AS ce_hours_needed, c.attested_by, c.recorded_at, c.revoked_at`;
const FROM = `FROM peer_credential c JOIN catalogue_item i ON i.kind = c.kind AND i.code = c.code`;

@Injectable()
export class CredentialStore {
  async insert(tx: Tx, credentials: readonly NewCredential[]): Promise<void> {
    await tx.run(
      `INSERT INTO peer_credential (id, person_id, code, issuer, state, result, issued_on, expires_at, hours, ce_hours, ce_hours_needed,
         attested_by, recorded_by, recorded_at, revoked_at, revoked_by)
       SELECT id, "personId", code, issuer, state, result, "issuedOn", "expiresAt", hours, "ceHours", "ceHoursNeeded",
         "attestedBy", "recordedBy", "recordedAt", "revokedAt", CASE WHEN "revokedAt" IS NOT NULL THEN "recordedBy" END
       FROM jsonb_to_recordset($1::jsonb) AS c (id uuid, "personId" uuid, code text, issuer text, state text, result text, "issuedOn" date,
         "expiresAt" timestamptz, hours numeric, "ceHours" numeric, "ceHoursNeeded" numeric, "attestedBy" uuid, "recordedBy" uuid,
         "recordedAt" timestamptz, "revokedAt" timestamptz)`,
      [JSON.stringify(credentials)],
    );
  }

  /** The newest first; with the revoked and the expired. */
  ofPerson(tx: Tx, personId: string): Promise<Credential[]> {
    return tx.rows<Credential>(`SELECT ${CREDENTIAL} ${FROM} WHERE c.person_id = $1 ORDER BY c.issued_on DESC, c.id DESC LIMIT $2`, [personId, MOST_OF_A_PERSON]);
  }

  find(tx: Tx, id: string): Promise<Credential | null> {
    return tx.maybe<Credential>(`SELECT ${CREDENTIAL} ${FROM} WHERE c.id = $1`, [id]);
  }

  lock(tx: Tx, id: string): Promise<Credential | null> {
    return tx.maybe<Credential>(`SELECT ${CREDENTIAL} ${FROM} WHERE c.id = $1 FOR UPDATE OF c`, [id]);
  }

  async revoke(tx: Tx, id: string, by: string, now: Date): Promise<void> {
    await tx.run('UPDATE peer_credential SET revoked_at = $2, revoked_by = $3 WHERE id = $1', [id, now, by]);
  }

  /** Locked, so that two credentials recorded for one person at once see each other. */
  async lockPerson(tx: Tx, personId: string): Promise<boolean> {
    return (await tx.maybe('SELECT 1 FROM peer_profile WHERE person_id = $1 FOR NO KEY UPDATE', [personId])) !== null;
  }

  /** Ids of the credentials that have a sealed number. */
  async withNumber(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
    const rows = await tx.rows<{ rowId: string }>(
      `SELECT row_id FROM sealed_text WHERE table_name = 'peer_credential' AND column_name = 'number' AND row_id = ANY($1) AND wrapped_key IS NOT NULL LIMIT $2`,
      [ids, ids.length],
    );
    return new Set(rows.map(({ rowId }) => rowId));
  }

  /**
   * What ends after `now` and before `before` and nothing renews, the first to end first. Checks are left out: they are
   * between the peer and administration.
   */
  expiring(tx: Tx, { programmeIds, now, before, after, limit }: ExpiringSearch): Promise<Expiring[]> {
    return tx.rows<Expiring>(
      `SELECT ${CREDENTIAL}, p.display_name AS name ${FROM} JOIN person p ON p.id = c.person_id JOIN peer_profile f ON f.person_id = c.person_id
       WHERE c.revoked_at IS NULL AND c.expires_at > $2 AND c.expires_at <= $3 AND i.credential_class <> 'check' AND f.status = 'active'
         AND ($1::uuid[] IS NULL OR EXISTS (SELECT 1 FROM programme_member m WHERE m.person_id = c.person_id AND m.programme_id = ANY($1::uuid[])))
         AND NOT EXISTS (SELECT 1 FROM peer_credential n WHERE n.person_id = c.person_id AND n.code = c.code AND n.revoked_at IS NULL
           AND (n.expires_at IS NULL OR n.expires_at > c.expires_at))
         AND ($5::timestamptz IS NULL OR (c.expires_at, c.id) > ($5, $6::uuid))
       ORDER BY c.expires_at, c.id LIMIT $4`,
      [programmeIds, now, before, limit, after?.expiresAt ?? null, after?.id ?? null],
    );
  }

  /** Those that had been dropped come again; what was sent stays sent. */
  async setReminders(tx: Tx, reminders: readonly (ReminderTerm & { readonly id: string; readonly credentialId: string })[]): Promise<void> {
    await tx.run(
      `INSERT INTO credential_reminder (id, credential_id, days_before, due_at)
       SELECT id, "credentialId", "daysBefore", "dueAt"
       FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, "credentialId" uuid, "daysBefore" smallint, "dueAt" timestamptz)
       ON CONFLICT ON CONSTRAINT one_reminder_per_term DO UPDATE SET dropped_at = NULL`,
      [JSON.stringify(reminders)],
    );
  }


  /** Those still to come of these credentials are not sent any more. */
  async dropReminders(tx: Tx, credentialIds: readonly string[], now: Date): Promise<void> {
    await tx.run('UPDATE credential_reminder SET dropped_at = $2 WHERE credential_id = ANY($1) AND sent_at IS NULL AND dropped_at IS NULL', [credentialIds, now]);
  }

  async dueReminders(tx: Tx, now: Date, limit: number): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>(
      'SELECT id FROM credential_reminder WHERE due_at <= $1 AND sent_at IS NULL AND dropped_at IS NULL ORDER BY due_at LIMIT $2', [now, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Marks it sent and says of which credential; null when it is not due, was sent or dropped, or somebody else has it in hand. */
  async takeReminder(tx: Tx, id: string, now: Date): Promise<string | null> {
    const taken = await tx.maybe<{ credentialId: string }>(
      `UPDATE credential_reminder SET sent_at = $2 WHERE id = (
         SELECT id FROM credential_reminder WHERE id = $1 AND due_at <= $2 AND sent_at IS NULL AND dropped_at IS NULL FOR UPDATE SKIP LOCKED)
       RETURNING credential_id`,
      [id, now],
    );
    return taken?.credentialId ?? null;
  }
}
