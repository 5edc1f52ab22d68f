import { useEffect, useRef } from 'react';
import { call } from '../api/http.js';
import type { MyOutcomeView } from '../../encounters/contract.js';
import type { EventType } from '../live/event-types.js';
import { onLive } from '../live/live.js';
import { serverNow } from '../time/now.js';
import { dutyEnd, fateOf } from './fate.js';
import type { Known, Moment } from './moment.js';
import { comeBack, say, wasLeft } from './notice.js';

const fates = new Map<string, EventType>();

/** Says a kind word when what stood on the page goes without a tap of one's own. */
export function useFarewells(known: Known | null, moment: Moment | null): void {
  const before = useRef<{ readonly known: Known; readonly moment: Moment } | null>(null);
  useEffect(() => onLive(({ type, subject, id }) => {
    if (subject === 'offer') fates.set(id, type);
    if (type === 'assignment.contact-asked') say(['peer.contactAsked']);
    if (type === 'assignment.check-due' || type === 'assignment.unheard') say(['peer.stillWithAsked']);
    if (type === 'assignment.safety-check-missed') say(['peer.safetyAsked']);
  }), []);
  useEffect(() => {
    if (!known || !moment) return;
    const was = before.current;
    before.current = { known, moment };
    // A new question leaves no room for what was.
    if (moment.kind === 'offer' && was?.moment.kind !== 'offer') say(null);
    if (!was) return;
    if (was.moment.kind === 'offer') farewellToOffer(was.moment.offer, known);
    const staying = new Set(known.assignments.filter(({ endedAt, closeOutDue }) => endedAt === null || closeOutDue).map(({ id }) => id));
    for (const { id, endedAt } of was.known.assignments) if (endedAt === null && !staying.has(id) && !wasLeft(id)) void farewellToPerson(id);
    farewellToDuty(was.known, known);
  });
}

function farewellToOffer({ id, expiresAt }: { readonly id: string; readonly expiresAt: string }, known: Known): void {
  if (wasLeft(id) || known.offers.some((each) => each.id === id)) return;
  const fate = fateOf(fates.get(id), Date.parse(expiresAt) <= serverNow());
  if (fate) say(fate);
}

/** Why it ended is nowhere on the page; the list of one's own past assignments says it without saying who. */
async function farewellToPerson(id: string): Promise<void> {
  const page = await call<{ items: MyOutcomeView[] }>('/me/outcomes?limit=10').catch(() => null);
  const end = page?.items.find((each) => each.assignmentId === id)?.myEnd;
  say(end ? [`myEnd.${end}`, 'myEnd.other'] : ['myEnd.other']);
}

function farewellToDuty(was: Known, known: Known): void {
  if (known.duty) comeBack('duty');
  if (!was.duty || known.duty || wasLeft('duty')) return;
  const away = known.away !== null && Date.parse(known.away.from) <= serverNow();
  const end = dutyEnd({ until: was.duty.until, asked: was.duty.stillHereAskedAt !== null }, serverNow(), away);
  if (end) say(end);
}
