import { MINUTE_MS } from '../time.js';

/**
 * For so long after it was last seen, a person's page counts as there. It is seen while its event stream is open and with
 * each call it makes, and that is written down at most every `SEEN_EVERY_MS`: so a page may be gone for three and a half
 * minutes before anybody is left out. A reload, a way through a tunnel, a phone in the pocket between two pages and a
 * process that starts anew all take less. Whoever is silent for longer would be asked in vain, and each such offer costs
 * somebody who waits its whole time. The same five minutes end a duty after "are you still there?".
 */
export const PAGE_HOLDS_MS = 5 * MINUTE_MS;
export const SEEN_EVERY_MS = MINUTE_MS;

/**
 * Each look into another table is a value of its own: as a join or EXISTS it may be planned as a walk through everybody
 * who was ever seen. Index line_seen_pkey; among 100,000 on duty the rule costs 0.1 ms for the 16 a search reads first, and
 * 4 ms for a page of 1,000.
 */
export const pageThere = (personId: string, now: string): string =>
  `((SELECT l.seen_at FROM line_seen l WHERE l.person_id = ${personId}) > ${now}::timestamptz - interval '${PAGE_HOLDS_MS} milliseconds')`;

/** Nobody whose account is disabled is told anything. */
export const notDisabled = (personId: string): string => `((SELECT a.status FROM account a WHERE a.person_id = ${personId}) IS DISTINCT FROM 'disabled')`;

/** The session that asked for channel `c` was not ended, by its owner or by an administrator; one that ran out by itself goes on being told. */
export const notSignedOut = (c: string): string => `((SELECT s.ended_at FROM session s WHERE s.id = ${c}.session_id) IS NULL)`;

/**
 * The one rule of what reaches a person over channel `c`, for whoever asks: the app while they are on duty and a page of
 * theirs is there, Web Push once something has arrived over it, until something could not be delivered or its session is
 * signed out. A part that is not known is not live.
 */
export const liveChannel = (c: string, now: string): string =>
  `(${c}.live_until > ${now} AND ${notDisabled(`${c}.person_id`)}
     AND CASE ${c}.kind WHEN 'in-app' THEN ${pageThere(`${c}.person_id`, now)} ELSE ${c}.verified_at IS NOT NULL AND ${c}.failed_at IS NULL AND ${notSignedOut(c)} END)`;

/** Whether any live channel reaches the person. A value of its own like the rest: as EXISTS it was worked out for every channel there is. */
export const hasLiveChannel = (personId: string, now: string): string =>
  `COALESCE((SELECT true FROM channel c WHERE c.person_id = ${personId} AND ${liveChannel('c', now)} LIMIT 1), false)`;
