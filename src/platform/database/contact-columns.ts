/**
 * Of assignments `s`: the contacts that count for rest, breaks and caps. What a supervisor is shown is what the gate judges,
 * so the stores of both read these.
 */
const THE_LEAD = (what: string, which = 'true'): string => `(SELECT ${what} FROM assignment l WHERE l.request_id = s.request_id AND l.seat = 'lead' AND l.contact_made_at IS NOT NULL AND ${which}
        ORDER BY l.accepted_at DESC LIMIT 1)`;

/**
 * From the contact, the lead's for whoever sat with them. One that is not made yet counts from its accept, or several could
 * be taken on beyond the caps; so does one that was hard, or that nobody has closed out yet, though no contact was tapped.
 * Null: there was none.
 */
export const CONTACT_FROM = `CASE WHEN s.contact_made_at IS NOT NULL THEN s.contact_made_at WHEN s.ended_at IS NULL THEN s.accepted_at
      WHEN s.seat <> 'lead' THEN ${THE_LEAD('GREATEST(l.contact_made_at, s.accepted_at)', 'l.contact_made_at < s.ended_at')}
      WHEN s.intensity IN ('hard','critical') OR (s.intensity IS NULL AND s.end_reason IN ('closed','contact-confirmed')) THEN s.accepted_at END`;

/** Only the lead says how it was; who sat with them was in the same contact. Nobody has said so yet: null. */
export const CONTACT_INTENSITY = `CASE WHEN s.seat = 'lead' THEN s.intensity ELSE ${THE_LEAD('l.intensity')} END`;
