import type { FieldError } from '../../platform/errors.js';
import type { Consent, Trait } from './peer.js';

/** What a peer says of a trait: who may know, or that it is theirs no longer. */
export interface TraitSaid extends Omit<Trait, 'consent'> {
  readonly consent: Consent | 'withdrawn';
}

interface TraitSteps {
  readonly set: readonly Trait[];
  readonly withdraw: readonly Trait[];
  /** What people may be told differs. Nothing else of a change may be seen from outside, not even that there was one. */
  readonly told: boolean;
}

/** Those said that are not the peer's. */
export function strangers(held: readonly Trait[], said: readonly TraitSaid[]): FieldError[] {
  return said.flatMap((trait, index) =>
    held.some((mine) => same(mine, trait)) ? [] : [{ field: `traits.${index}.code`, code: 'not-yours', message: 'This is not among what you have.' }],
  );
}

/** What differs from what is held. */
export function traitSteps(held: readonly Trait[], said: readonly TraitSaid[]): TraitSteps {
  const set: Trait[] = [];
  const withdraw: Trait[] = [];
  for (const { consent, ...name } of said) {
    const mine = held.find((trait) => same(trait, name));
    if (!mine || mine.consent === consent) continue;
    if (consent === 'withdrawn') withdraw.push(mine);
    else set.push({ ...name, consent });
  }
  const wasTold = (name: Omit<Trait, 'consent'>): boolean => held.some((trait) => same(trait, name) && trait.consent === 'may-be-told');
  return { set, withdraw, told: [...withdraw, ...set].some(wasTold) || set.some(({ consent }) => consent === 'may-be-told') };
}

function same(a: Omit<Trait, 'consent'>, b: Omit<Trait, 'consent'>): boolean {
  return a.kind === b.kind && a.code === b.code;
}
