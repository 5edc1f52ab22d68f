import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { CrisisRequest, NextAction, NextActionKind, OpenCount } from './domain/crisis-request.js';
import { type Acuity, type Answer, type Needs, type Preference, type RequestState, type Safety } from './domain/request.js';

/** A row of requests as it stands in the table. */
export type RequestRow = Omit<CrisisRequest, 'place' | 'needs' | 'safety' | 'nextAction'> & {
  countyFips: string | null; zip: string | null; lat: number | null; lon: number | null;
  populations: string[]; experience: string[]; skills: string[];
  imminentDanger: Answer; violence: Answer; medicalEmergency: Answer; minor: Answer;
  nextActionKind: NextActionKind | null; nextActionAt: Date | null;
};

export interface RequestFilter {
  readonly programmeIds: readonly string[] | 'all';
  readonly apiKeyId?: string;
  readonly state?: RequestState;
  readonly acuity?: number;
  readonly before?: { receivedAt: Date; id: string };
  readonly limit: number;
}

/** Where a request is moved to, and what it owes next. */
export interface RequestMove {
  readonly state: RequestState;
  readonly next: NextAction | null;
  readonly round: number;
  readonly searchAt: Date | null;
  readonly peerFreeAt: Date | null;
  readonly newRoundAt: Date | null;
  readonly urgency: Acuity;
  readonly searchBeganAt: Date | null;
  readonly lostPeers: number;
  /** Somebody is being asked, and fewer than the present wave: whoever comes free is asked, too. */
  readonly halfAsked: boolean;
}

const BACKOFF_SECONDS = [2, 4, 8, 16, 32, 60];

@Injectable()
export class RequestsStore {
  async insert(tx: Tx, r: CrisisRequest): Promise<void> {
    await tx.run(
      `INSERT INTO crisis_request (id, programme_id, channel, contact_kind, language, county_fips, zip, lat, lon, for_whom, populations, experience, skills,
         preferences, imminent_danger, violence, medical_emergency, minor, needs_clinician, acuity, state, round, policy_version_id, next_action_kind,
         next_action_at, taken_in_by, api_key_id, external_ref, not_before, requested_at, received_at, triaged_at, version, search_at,
         urgency, search_began_at)
       VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25,$26,$27,$28,$29,$30,$31,$32,$33,$34,$35,$36)`,
      [
        r.id, r.programmeId, r.channel, r.contactKind, r.language, r.place.countyFips, r.place.zip, r.place.lat, r.place.lon, r.forWhom,
        r.needs.populations, r.needs.experience, r.needs.skills, JSON.stringify(r.preferences), r.safety.imminentDanger, r.safety.violence,
        r.safety.medicalEmergency, r.safety.minor, r.needsClinician, r.acuity, r.state, r.round, r.policyVersionId, r.nextAction?.kind ?? null,
        r.nextAction?.dueAt ?? null, r.takenInBy, r.apiKeyId, r.externalRef, r.notBefore, r.requestedAt, r.receivedAt, r.triagedAt, r.version, r.searchAt,
        r.urgency, r.searchBeganAt,
      ],
    );
  }

  async find(tx: Tx, id: string): Promise<CrisisRequest | null> {
    const row = await tx.maybe<RequestRow>('SELECT * FROM crisis_request WHERE id = $1', [id]);
    return row ? toRequest(row) : null;
  }

  /** Waits for the row: the first lock of every command about a request. */
  async lock(tx: Tx, id: string): Promise<CrisisRequest | null> {
    const row = await tx.maybe<RequestRow>('SELECT * FROM crisis_request WHERE id = $1 FOR UPDATE', [id]);
    return row ? toRequest(row) : null;
  }

  /** Those of `ids` whose rows nobody else holds, locked in the order of id. */
  async lockFree(tx: Tx, ids: readonly string[]): Promise<CrisisRequest[]> {
    return (await tx.rows<RequestRow>('SELECT * FROM crisis_request WHERE id = ANY($1) ORDER BY id FOR UPDATE SKIP LOCKED', [ids])).map(toRequest);
  }

  async requesterKeysOf(tx: Tx, id: string): Promise<{ keyId: string; keyHash: Buffer }[]> {
    return tx.rows('SELECT key_id, key_hash FROM requester_key WHERE request_id = $1 LIMIT 10', [id]);
  }

  async setDirectedTo(tx: Tx, id: string, personId: string | null): Promise<void> {
    await tx.run('UPDATE crisis_request SET directed_to = $2 WHERE id = $1', [id, personId]);
  }

  async markCancelled(tx: Tx, id: string, at: Date, from: RequestState): Promise<void> {
    await tx.run('UPDATE crisis_request SET ended_at = $2, cancelled_at = $2, cancelled_from = $3, directed_to = NULL WHERE id = $1', [id, at, from]);
  }

  async markReopened(tx: Tx, id: string): Promise<void> {
    await tx.run('UPDATE crisis_request SET ended_at = NULL, cancelled_at = NULL, cancelled_from = NULL WHERE id = $1', [id]);
  }

  async list(tx: Tx, filter: RequestFilter): Promise<CrisisRequest[]> {
    const rows = await tx.rows<RequestRow>(
      `SELECT * FROM crisis_request
       WHERE ($1::uuid[] IS NULL OR programme_id = ANY($1)) AND ($2::uuid IS NULL OR api_key_id = $2)
         AND ($3::text IS NULL OR state = $3) AND ($4::int IS NULL OR acuity = $4)
         AND ($5::timestamptz IS NULL OR (received_at, id) < ($5, $6::uuid))
       ORDER BY received_at DESC, id DESC LIMIT $7`,
      [
        filter.programmeIds === 'all' ? null : filter.programmeIds, filter.apiKeyId ?? null, filter.state ?? null, filter.acuity ?? null,
        filter.before?.receivedAt ?? null, filter.before?.id ?? null, filter.limit,
      ],
    );
    return rows.map(toRequest);
  }

  /** Open requests of these programmes, the most urgent and oldest first. Where not all are shown, an escalated one always is. */
  async open(tx: Tx, programmeIds: readonly string[], limit: number): Promise<CrisisRequest[]> {
    const rows = await tx.rows<RequestRow>(
      `SELECT * FROM (
         SELECT * FROM crisis_request WHERE programme_id = ANY($1) AND state IN ('received','triaged','searching','assigned','escalated')
         ORDER BY (state = 'escalated') DESC, urgency, received_at, id LIMIT $2) shown
       ORDER BY urgency, received_at, id`,
      [programmeIds, limit],
    );
    return rows.map(toRequest);
  }

  /** What is open in each programme that has any. Somebody waits who has no lead and was not planned for later. */
  async openCounts(tx: Tx, programmeIds: readonly string[]): Promise<ReadonlyMap<string, OpenCount>> {
    const rows = await tx.rows<OpenCount & { programmeId: string }>(
      `SELECT r.programme_id, count(*)::int AS open,
              min(r.received_at) FILTER (WHERE s.id IS NULL AND NOT (r.state = 'triaged' AND r.not_before IS NOT NULL)) AS waiting_since
       FROM crisis_request r LEFT JOIN assignment s ON s.request_id = r.id AND s.seat = 'lead' AND s.ended_at IS NULL
       WHERE r.programme_id = ANY($1) AND r.state IN ('received','triaged','searching','assigned','escalated') GROUP BY r.programme_id LIMIT $2`,
      [programmeIds, programmeIds.length],
    );
    return new Map(rows.map(({ programmeId, ...count }) => [programmeId, count]));
  }

  /** The short numbers people say aloud. */
  async numbersOf(tx: Tx, ids: readonly string[]): Promise<Map<string, number>> {
    const rows = await tx.rows<{ id: string; number: number }>('SELECT id, number FROM crisis_request WHERE id = ANY($1)', [ids]);
    return new Map(rows.map((row) => [row.id, row.number]));
  }

  async findByExternalRef(tx: Tx, apiKeyId: string, externalRef: string): Promise<CrisisRequest | null> {
    const row = await tx.maybe<RequestRow>('SELECT * FROM crisis_request WHERE api_key_id = $1 AND external_ref = $2', [apiKeyId, externalRef]);
    return row ? toRequest(row) : null;
  }

  /** Serialises two intakes with the same partner reference, so that the second one sees the first. */
  async lockExternalRef(tx: Tx, apiKeyId: string, externalRef: string): Promise<void> {
    await tx.rows('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${apiKeyId}/${externalRef}`]);
  }

  /** Moves the request on; the version counts every change a reader could see. */
  async save(tx: Tx, id: string, change: RequestMove): Promise<number> {
    const { version } = await tx.one<{ version: number }>(
      `UPDATE crisis_request SET state = $2, next_action_kind = $3, next_action_at = $4, round = $5, search_at = $6, new_round_at = $7, urgency = $8, search_began_at = $9, lost_peers = $10, peer_free_at = $11, half_asked = $12, failures = 0, retry_at = NULL,
         version = version + CASE WHEN state <> $2 OR round <> $5 OR urgency <> $8 OR next_action_kind IS DISTINCT FROM $3 THEN 1 ELSE 0 END
       WHERE id = $1 RETURNING version`,
      [
        id, change.state, change.next?.kind ?? null, change.next?.dueAt ?? null, change.round, change.searchAt,
        change.newRoundAt, change.urgency, change.searchBeganAt, change.lostPeers, change.peerFreeAt, change.halfAsked,
      ],
    );
    return version;
  }

  async saveTriage(tx: Tx, id: string, triage: { acuity: Acuity | null; safety: Safety; needs: Needs; preferences: readonly Preference[]; at: Date }): Promise<void> {
    const { safety, needs } = triage;
    await tx.run(
      `UPDATE crisis_request SET acuity = $2, imminent_danger = $3, violence = $4, medical_emergency = $5, minor = $6, populations = $7,
         experience = $8, skills = $9, triaged_at = $10, preferences = $11 WHERE id = $1`,
      [
        id, triage.acuity, safety.imminentDanger, safety.violence, safety.medicalEmergency, safety.minor, needs.populations, needs.experience,
        needs.skills, triage.at, JSON.stringify(triage.preferences),
      ],
    );
  }

  async markEnded(tx: Tx, id: string, at: Date): Promise<void> {
    await tx.run('UPDATE crisis_request SET ended_at = COALESCE(ended_at, $2) WHERE id = $1', [id, at]);
  }

  async markClosed(tx: Tx, id: string, at: Date): Promise<void> {
    await tx.run('UPDATE crisis_request SET ended_at = COALESCE(ended_at, $2), closed_at = $2 WHERE id = $1', [id, at]);
  }

  async addRequesterKey(tx: Tx, id: string, keyId: string, hash: Buffer): Promise<void> {
    await tx.run('INSERT INTO requester_key (request_id, key_id, key_hash) VALUES ($1,$2,$3) ON CONFLICT DO NOTHING', [id, keyId, hash]);
  }

  /** For each of `ids`, the oldest other open request of the same requester in these programmes that came before it. */
  async possibleDuplicates(tx: Tx, ids: readonly string[], programmeIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await tx.rows<{ id: string; other: string }>(
      `SELECT DISTINCT ON (k.request_id) k.request_id AS id, o.id AS other
       FROM requester_key k
       JOIN crisis_request r ON r.id = k.request_id
       JOIN requester_key same ON same.key_hash = k.key_hash AND same.key_id = k.key_id AND same.request_id <> k.request_id
       JOIN crisis_request o ON o.id = same.request_id AND o.state IN ('received','triaged','searching','assigned','escalated')
         AND o.programme_id = ANY($2) AND (o.received_at, o.id) < (r.received_at, r.id)
       WHERE k.request_id = ANY($1)
       ORDER BY k.request_id, o.received_at, o.id LIMIT 500`,
      [ids, programmeIds],
    );
    return new Map(rows.map((row) => [row.id, row.other]));
  }

  /** What the sweep settles. Uses requests_due and requests_peer_free; LIMIT bounds a round. */
  async due(tx: Tx, now: Date, limit: number): Promise<string[]> {
    const rows = await tx.rows<{ id: string }>(
      `SELECT id FROM crisis_request WHERE (next_action_at <= $1 OR peer_free_at <= $1) AND (retry_at IS NULL OR retry_at <= $1)
       ORDER BY urgency, LEAST(next_action_at, peer_free_at) LIMIT $2`,
      [now, limit],
    );
    return rows.map((row) => row.id);
  }

  async recordFailure(tx: Tx, id: string, now: Date): Promise<void> {
    await tx.run(
      `UPDATE crisis_request SET failures = failures + 1,
         retry_at = $2::timestamptz + make_interval(secs => ($3::int[])[LEAST(failures + 1, cardinality($3::int[]))]) WHERE id = $1`,
      [id, now, BACKOFF_SECONDS],
    );
  }
}

export function toRequest(row: RequestRow): CrisisRequest {
  const { countyFips, zip, lat, lon, populations, experience, skills, imminentDanger, violence, medicalEmergency, minor, nextActionKind, nextActionAt, ...rest } = row;
  return {
    ...rest,
    place: { countyFips, zip, lat, lon },
    needs: { populations, experience, skills },
    safety: { imminentDanger, violence, medicalEmergency, minor },
    nextAction: nextActionKind && nextActionAt ? { kind: nextActionKind, dueAt: nextActionAt } : null,
  };
}

