import type { BoardPersonView, BoardView, StaffRequestView } from '../../dispatch/contract.js';

export const SHOWN_STATES = ['received', 'searching', 'escalated', 'assigned', 'triaged'] as const;
type ShownState = (typeof SHOWN_STATES)[number];

/** What of the board is looked at; null is everything. It lives in the address, so nothing about a person is in it. */
export interface BoardFilter {
  readonly programme: string | null;
  readonly state: ShownState | null;
  readonly urgency: '1' | '2' | '3' | '4' | null;
  readonly channel: string | null;
  readonly language: string | null;
  readonly mine: boolean;
}

export const EVERYTHING: BoardFilter = { programme: null, state: null, urgency: null, channel: null, language: null, mine: false };
const CODE = /^[a-z][a-z-]{1,20}$/i;
const ID = /^[0-9a-f-]{36}$/;

/** Whatever somebody typed into the address: what is no filter is left out. */
export function filterFrom(address: URLSearchParams): BoardFilter {
  const state = SHOWN_STATES.find((each) => each === address.get('state')) ?? null;
  const urgency = (['1', '2', '3', '4'] as const).find((each) => each === address.get('urgency')) ?? null;
  const code = (name: string): string | null => {
    const value = address.get(name);
    return value !== null && CODE.test(value) ? value : null;
  };
  const programme = address.get('programme');
  return { programme: programme !== null && ID.test(programme) ? programme : null, state, urgency, channel: code('channel'), language: code('language'), mine: address.get('mine') === 'yes' };
}

export function addressOf(filter: BoardFilter): URLSearchParams {
  const address = new URLSearchParams();
  for (const name of ['programme', 'state', 'urgency', 'channel', 'language'] as const) {
    const value = filter[name];
    if (value !== null) address.set(name, value);
  }
  if (filter.mine) address.set('mine', 'yes');
  return address;
}

/** Whether anything but the programme is filtered: a list that hides something says so. */
export function narrows(filter: BoardFilter): boolean {
  return filter.state !== null || filter.urgency !== null || filter.channel !== null || filter.language !== null || filter.mine;
}

type Programmed = Pick<BoardView, 'requests' | 'people' | 'cover' | 'openTotal'>;

/** The board as seen through one programme; null shows all. Alarms are never filtered away. */
export function seenThrough(board: BoardView, programmeId: string | null): Programmed {
  if (programmeId === null) return board;
  const cover = board.cover.filter((each) => each.programmeId === programmeId);
  return {
    requests: board.requests.filter((request) => request.programmeId === programmeId),
    people: board.people.filter((person: BoardPersonView) => person.programmeIds.includes(programmeId)),
    cover,
    openTotal: cover.reduce((sum, { open }) => sum + open, 0),
  };
}

/** What a request can be found by: its number, area, language and who leads or is asked. Nothing sealed is among it. */
function findableBy(request: Pick<StaffRequestView, 'number' | 'area' | 'assignment' | 'offers'>, languageWords: string): string {
  const asked = request.offers.filter(({ status }) => status === 'pending').map(({ peerName }) => peerName);
  return plain([`#${request.number}`, request.area ?? '', languageWords, request.assignment?.peerName ?? '', ...asked].join(' '));
}

export function narrowed(
  requests: readonly StaffRequestView[], filter: BoardFilter, search: string, { me, wordsOf }: { me: string; wordsOf: (language: string) => string },
): readonly StaffRequestView[] {
  const words = plain(search).split(/\s+/).filter((word) => word !== '');
  if (!narrows(filter) && words.length === 0) return requests;
  return requests.filter((request) => passes(request, filter, me) && found(request, words, wordsOf));
}

function passes(request: StaffRequestView, { state, urgency, channel, language, mine }: BoardFilter, me: string): boolean {
  if (state !== null && request.state !== state) return false;
  if (urgency !== null && String(request.effectiveUrgency) !== urgency) return false;
  if (channel !== null && request.channel !== channel) return false;
  if (language !== null && request.language !== language) return false;
  return !mine || request.takenInBy === me || (request.escalation?.closedAt === null && request.escalation.ownerAccountId === me);
}

/** A number means that number alone: `12` is not request 120. */
function found(request: StaffRequestView, words: readonly string[], wordsOf: (language: string) => string): boolean {
  if (words.length === 0) return true;
  const text = findableBy(request, wordsOf(request.language));
  return words.every((word) => (/^#?\d+$/.test(word) ? String(request.number) === word.replace('#', '') : text.includes(word)));
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

export interface Summary {
  readonly open: number;
  readonly escalated: number;
  readonly oldestSince: string | null;
}

/** Of all that is open: more may be than is listed, and whoever waits longest may be among those. */
export function summaryOf({ requests, openTotal, cover }: Programmed): Summary {
  return {
    open: openTotal,
    escalated: requests.filter((request) => request.state === 'escalated').length,
    oldestSince: cover.flatMap(({ waitingSince }) => waitingSince ?? []).toSorted()[0] ?? null,
  };
}

/** Not before its time: nobody waits for it yet. */
export function isPlanned(request: Pick<StaffRequestView, 'state' | 'notBefore'>): boolean {
  return request.notBefore !== null && request.state === 'triaged';
}

/** Escalations that somebody has, but whose contact nobody has confirmed. */
export function inHand(requests: readonly StaffRequestView[]): StaffRequestView[] {
  return requests.filter(({ escalation }) => escalation !== null && escalation.acknowledgedAt !== null && escalation.closedAt === null);
}
