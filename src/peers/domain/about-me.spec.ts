import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { strangers, traitSteps, type TraitSaid } from './about-me.js';
import { CONSENTS, type Trait } from './peer.js';

const kept: Trait = { kind: 'experience', code: 'loss', consent: 'match-only' };
const told: Trait = { kind: 'population', code: 'veteran', consent: 'may-be-told' };
const say = (trait: Trait, consent: TraitSaid['consent']): TraitSaid => ({ kind: trait.kind, code: trait.code, consent });

describe('what a peer says of themself', () => {
  it('names those that are not theirs', () => {
    expect(strangers([kept], [say(kept, 'withdrawn'), say(told, 'match-only')]).map(({ field, code }) => [field, code])).toEqual([['traits.1.code', 'not-yours']]);
  });

  it.each([
    ['keeping to oneself what was told', [say(told, 'match-only')], true],
    ['letting people be told', [say(kept, 'may-be-told')], true],
    ['withdrawing what was told', [say(told, 'withdrawn')], true],
    ['withdrawing what was kept', [say(kept, 'withdrawn')], false],
    ['letting only a supervisor know', [say(kept, 'supervisor')], false],
    ['saying what holds already', [say(kept, 'match-only'), say(told, 'may-be-told')], false],
  ] as const)('%s may be seen from outside or not', (_, said, seen) => expect(traitSteps([kept, told], [...said]).told).toBe(seen));

  it('leaves whatever holds already, and what is not named', () => {
    expect(traitSteps([kept, told], [say(kept, 'match-only')])).toEqual({ set: [], withdraw: [], told: false });
  });

  it('can be seen from outside exactly when what people may be told differs', () => {
    const consent = fc.constantFrom(...CONSENTS);
    const traits = fc.uniqueArray(fc.record({ kind: fc.constant('experience' as const), code: fc.constantFrom('a', 'b', 'c'), consent }), { selector: ({ code }) => code });
    const said = fc.uniqueArray(
      fc.record({ kind: fc.constant('experience' as const), code: fc.constantFrom('a', 'b', 'c'), consent: fc.oneof(consent, fc.constant('withdrawn' as const)) }), { selector: ({ code }) => code },
    );
    fc.assert(
      fc.property(traits, said, (held, asked) => {
        const { set, withdraw, told: seen } = traitSteps(held, asked);
        const gone = new Set([...set, ...withdraw].map(({ code }) => code));
        const after = [...held.filter(({ code }) => !gone.has(code)), ...set];
        const toldOf = (all: readonly Trait[]): string[] => all.filter((trait) => trait.consent === 'may-be-told').map(({ code }) => code).sort();
        expect(seen).toBe(JSON.stringify(toldOf(after)) !== JSON.stringify(toldOf(held)));
      }),
    );
  });
});
