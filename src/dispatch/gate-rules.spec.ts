import { HAND_GATE_CODES } from './domain/by-hand.js';
import { GATES_FILE, GatesConfig, type Gate } from './gate-rules.js';

const gate = (code: Gate['code']): Gate => ({ code, owner: 'peers', class: 'hard', mayLift: 'nobody', widens: false, namedTo: ['coordinator'] });
const all = HAND_GATE_CODES.map(gate);

describe('config/gates.json', () => {
  it('lists every gate the matcher goes by, once, and no other', () => {
    expect(GATES_FILE.safeParse(all).success).toBe(true);
    expect(GATES_FILE.safeParse(all.slice(1)).success).toBe(false);
    expect(GATES_FILE.safeParse([...all, gate('language')]).success).toBe(false);
    expect(GATES_FILE.safeParse([...all.slice(1), { ...gate('language'), code: 'own-area' }]).success).toBe(false);
  });

  it.each<[Gate['class'], Gate['mayLift'], boolean]>([
    ['hard', 'nobody', true], ['limit', 'supervisor', true], ['wish', 'coordinator', true], ['hard', 'supervisor', false], ['limit', 'coordinator', false], ['wish', 'nobody', false],
  ])('%s lifted by %s: %s', (kind, mayLift, sound) => {
    expect(GATES_FILE.safeParse(all.map((listed) => ({ ...listed, class: kind, mayLift }))).success).toBe(sound);
  });

  it('lets nobody lift what is the peer\'s own or protects somebody, a coordinator a wish, a supervisor a limit', () => {
    const gates = new GatesConfig();
    const liftedBy = (role: 'coordinator' | 'supervisor'): string[] => HAND_GATE_CODES.filter((code) => gates.mayLift(code, [role])).toSorted();
    expect(liftedBy('coordinator')).toEqual(['gender-must', 'same-peer-must']);
    expect(liftedBy('supervisor')).toEqual(['break', 'exposure', 'gender-must', 'load-cap', 'ratio', 'rest', 'rest-between-shifts', 'same-peer-must', 'shift-hours', 'supervision-overdue']);
    expect(HAND_GATE_CODES.filter((code) => gates.mayLift(code, ['peer', 'admin', 'planner']))).toEqual([]);
  });

  it('never tells what would be if a peer were available, or if what protects a minor or a peer in the field were off', () => {
    const gates = new GatesConfig();
    expect(HAND_GATE_CODES.filter((code) => !gates.widens(code))).toEqual(['peer-unavailable', 'youth-cleared', 'safety-asked', 'after-critical-contact', 'ratio', 'supervisor-cover', 'relapse-policy']);
  });

  it('names to coordinators nobody whom only their own rest, hours or strain keeps out', () => {
    const gates = new GatesConfig();
    const unnamed = HAND_GATE_CODES.filter((code) => !gates.namedTo(code, ['coordinator']));
    expect(unnamed.toSorted()).toEqual(['after-critical-contact', 'break', 'exposure', 'policy-acknowledged', 'rest', 'rest-between-shifts', 'shift-hours', 'supervision-overdue']);
    expect(HAND_GATE_CODES.filter((code) => !gates.namedTo(code, ['supervisor']))).toEqual([]);
  });
});
