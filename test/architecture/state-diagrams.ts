import { ASSIGNMENT_TRANSITIONS } from '../../src/dispatch/domain/assignment.js';
import { OFFER_TRANSITIONS } from '../../src/dispatch/domain/offer.js';
import { ESCALATION_TRANSITIONS } from '../../src/requests/domain/escalation.js';
import { REQUEST_TRANSITIONS } from '../../src/requests/domain/request.js';
import { SESSION_MACHINE } from '../../src/supervision/domain/session.js';
import { CASE_MOVES } from '../../src/wellness/domain/flag-case.js';

type Transitions = Readonly<Record<string, Readonly<Partial<Record<string, string>>>>>;

interface Machine {
  /** Page of docs/ on which it is drawn. */
  readonly page: string;
  readonly name: string;
  readonly start: string;
  readonly transitions: Transitions;
}

/** Those that are data. Elsewhere states follow from what the rows say (a follow-up, a consult). */
const MACHINES: readonly Machine[] = [
  { page: 'engine.md', name: 'request', start: 'received', transitions: REQUEST_TRANSITIONS },
  { page: 'engine.md', name: 'offer', start: 'pending', transitions: OFFER_TRANSITIONS },
  { page: 'engine.md', name: 'assignment', start: 'accepted', transitions: ASSIGNMENT_TRANSITIONS },
  { page: 'engine.md', name: 'escalation', start: 'unacknowledged', transitions: ESCALATION_TRANSITIONS },
  { page: 'supervision.md', name: 'session', start: 'planned', transitions: SESSION_MACHINE },
  { page: 'wellness.md', name: 'case', start: 'open', transitions: CASE_MOVES },
];
export const PAGES: readonly string[] = [...new Set(MACHINES.map(({ page }) => page))];

const begin = (name: string): string => `<!-- states of ${name}: drawn from the data -->`;
const END = '<!-- end of states -->';
/** Mermaid takes a hyphen in the name of a state for the beginning of an arrow. */
const idOf = (state: string): string => state.replaceAll('-', '_');

/** Mermaid, one line for each pair of states, its steps side by side. */
function diagramOf({ start, transitions }: Pick<Machine, 'start' | 'transitions'>): string {
  const named = Object.keys(transitions).filter((state) => state !== idOf(state)).map((state) => `  state "${state}" as ${idOf(state)}`);
  const lines = Object.entries(transitions).flatMap(([from, steps]) => {
    const byTarget = new Map<string, string[]>();
    for (const [step, to] of Object.entries(steps)) if (to) byTarget.set(to, [...(byTarget.get(to) ?? []), step]);
    return byTarget.size === 0 ? [`  ${idOf(from)} --> [*]`] : [...byTarget].map(([to, names]) => `  ${idOf(from)} --> ${idOf(to)}: ${names.join(', ')}`);
  });
  return ['```mermaid', 'stateDiagram-v2', ...named, `  [*] --> ${start}`, ...lines, '```'].join('\n');
}

/** The page with each of its diagrams as the data has it. */
export function withDiagrams(page: string, text: string): string {
  return MACHINES.filter((machine) => machine.page === page).reduce((drawn, machine) => {
    const from = drawn.indexOf(begin(machine.name));
    const to = drawn.indexOf(END, from);
    if (from < 0 || to < 0) throw new Error(`docs/${page} has no place for the states of ${machine.name}`);
    return `${drawn.slice(0, from)}${begin(machine.name)}\n${diagramOf(machine)}\n${drawn.slice(to)}`;
  }, text);
}
