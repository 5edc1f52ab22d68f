import type { BoardView, StaffRequestView } from '../../dispatch/contract.js';

/** The board as seen through one programme; null shows all. Alarms are never filtered away. */
export function seenThrough(board: BoardView, programmeId: string | null): Pick<BoardView, 'requests' | 'people' | 'cover'> {
  if (programmeId === null) return board;
  return {
    requests: board.requests.filter((request) => request.programmeId === programmeId),
    people: board.people.filter((person) => person.programmeIds.includes(programmeId)),
    cover: board.cover.filter((cover) => cover.programmeId === programmeId),
  };
}

export interface Summary {
  readonly open: number;
  readonly escalated: number;
  readonly oldestSince: string | null;
}

export function summaryOf(requests: readonly StaffRequestView[], openTotal: number): Summary {
  const waiting = requests.filter((request) => request.assignment === null && (request.notBefore === null || request.state !== 'triaged'));
  return {
    open: openTotal,
    escalated: requests.filter((request) => request.state === 'escalated').length,
    oldestSince: waiting.map((request) => request.receivedAt).toSorted()[0] ?? null,
  };
}

/** Escalations that somebody has, but whose contact nobody has confirmed. */
export function inHand(requests: readonly StaffRequestView[]): StaffRequestView[] {
  return requests.filter(({ escalation }) => escalation !== null && escalation.acknowledgedAt !== null && escalation.closedAt === null);
}
