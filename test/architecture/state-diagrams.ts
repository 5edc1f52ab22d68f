import { OFFER_TRANSITIONS } from '../../src/dispatch/domain/offer.js';
import { REQUEST_TRANSITIONS } from '../../src/requests/domain/request.js';

type Transitions = Readonly<Record<string, Readonly<Partial<Record<string, string>>>>>;

const MACHINES: Readonly<Record<string, { readonly start: string; readonly transitions: Transitions }>> = {
  request: { start: 'received', transitions: REQUEST_TRANSITIONS },
  offer: { start: 'pending', transitions: OFFER_TRANSITIONS },
};

const begin = (name: string): string => `<!-- states of ${name}: drawn from the data -->`;
const END = '<!-- end of states -->';

/** Mermaid, one line for each pair of states, its steps side by side. */
export function diagramOf({ start, transitions }: { readonly start: string; readonly transitions: Transitions }): string {
  const lines = Object.entries(transitions).flatMap(([from, steps]) => {
    const byTarget = new Map<string, string[]>();
    for (const [step, to] of Object.entries(steps)) if (to) byTarget.set(to, [...(byTarget.get(to) ?? []), step]);
    return byTarget.size === 0 ? [`  ${from} --> [*]`] : [...byTarget].map(([to, names]) => `  ${from} --> ${to}: ${names.join(', ')}`);
  });
  return ['```mermaid', 'stateDiagram-v2', `  [*] --> ${start}`, ...lines, '```'].join('\n');
}

/** The page with each diagram as the data has it. */
export function withDiagrams(page: string): string {
  return Object.entries(MACHINES).reduce((text, [name, machine]) => {
    const from = text.indexOf(begin(name));
    const to = text.indexOf(END, from);
    if (from < 0 || to < 0) throw new Error(`docs/engine.md has no place for the states of ${name}`);
    return `${text.slice(0, from)}${begin(name)}\n${diagramOf(machine)}\n${text.slice(to)}`;
  }, page);
}
