import type { BoardView } from '../../dispatch/contract.js';
import type { HandOverFactsView } from '../../requests/contract.js';
import { isPlanned } from './filter.js';

/** How things stand in one programme now, as the server will write it beside the note. */
export function factsNow(board: BoardView, programmeId: string): HandOverFactsView {
  const requests = board.requests.filter((request) => request.programmeId === programmeId);
  const led = requests.filter(({ state }) => state === 'assigned').length;
  const planned = requests.filter(isPlanned).length;
  return {
    open: requests.length, led, planned, waiting: requests.length - led - planned,
    escalations: requests.flatMap(({ number, escalation }) => (escalation && escalation.closedAt === null ? [{ number, cause: escalation.cause, taken: escalation.acknowledgedAt !== null }] : [])),
    thin: [...(board.cover.find((cover) => cover.programmeId === programmeId)?.thin ?? [])],
  };
}
