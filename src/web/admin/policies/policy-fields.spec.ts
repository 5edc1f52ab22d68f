import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { hoursTyped, nextRung, typed, valueAt, withValue } from './draft.js';
import { ACUITY_FIELDS, CARE_GROUPS, GROUPS, partsOf, RUNG_FIELDS, spanOf, unitOf } from './policy-fields.js';

const { dispatch: policy, care } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../../config/policies.json'), 'utf8')) as { dispatch: Record<string, unknown>; care: Record<string, unknown> };
const leaves = (value: unknown, path = ''): string[] =>
  typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === '' ? key : `${path}.${key}`)) : [path];

describe('the form of a policy', () => {
  it('has every setting there is, and none there is not', () => {
    const offered = [
      ...GROUPS.flatMap(({ fields }) => fields.map(({ path }) => path)), ...ACUITY_FIELDS.map((name) => `byAcuity.1.${name}`), ...RUNG_FIELDS.map(({ name }) => `byAcuity.1.rungs.0.${name}`),
    ];
    const wanted = leaves(policy).filter((path) => !/^byAcuity\.[234]|rungs\.[1-9]/.test(path));
    expect(offered.toSorted()).toEqual(wanted.toSorted());
  });

  it('has every setting of what keeps peers well, lists as one', () => {
    const lists = /^(criticalCheckInHours|requirements\.training|requirements\.byAcuity\.\d)(\.\d+)?$/;
    const offered = CARE_GROUPS.flatMap(({ fields }) => fields.map(({ path }) => path));
    const wanted = [...leaves(care).filter((path) => !lists.test(path)), 'criticalCheckInHours', 'requirements.training', ...[1, 2, 3, 4].map((acuity) => `requirements.byAcuity.${acuity}`)];
    expect(offered.toSorted()).toEqual(wanted.toSorted());
    expect(partsOf('requirements.byAcuity.2.0')).toEqual({ acuity: '2', step: null, name: 'requirements-byAcuity' });
    expect(['criticalCheckInHours.1', 'requirements.byAcuity.1.0', 'requirements.certification', 'supervision.cadenceDays.training'].map(unitOf)).toEqual(['hoursList', 'credentials', 'yesNo', 'days']);
    expect([hoursTyped('24, 72'), hoursTyped('24; 72  168'), hoursTyped('soon'), hoursTyped('')]).toEqual([[24, 72], [24, 72, 168], ['soon'], []]);
  });

  it('says of each path what it is about and in what unit', () => {
    expect(partsOf('byAcuity.2.rungs.0.waveSize')).toEqual({ acuity: '2', step: 1, name: 'waveSize' });
    expect(partsOf('byAcuity.4.offerSeconds')).toEqual({ acuity: '4', step: null, name: 'offerSeconds' });
    expect(partsOf('followUp.tries')).toEqual({ acuity: null, step: null, name: 'followUp-tries' });
    expect(['byAcuity.2.rungs.0.waveSize', 'byAcuity.4.offerSeconds', 'lockedWaitMs', 'weights.travelKmPerHour'].map(unitOf)).toEqual(['people', 'seconds', 'milliseconds', 'speed']);
  });

  it.each([[0, '0 s'], [45, '45 s'], [900, '15 min'], [5400, '1 h 30 min'], [86_400, '24 h'], [3661, '1 h 1 min 1 s']])('reads %i seconds as %s', (seconds, words) => {
    expect(spanOf(seconds)).toBe(words);
  });
});

describe('a policy that is being changed', () => {
  it('has the new value and everything else as it was', () => {
    const changed = withValue(policy, 'byAcuity.2.rungs.1.waveSize', 9);
    expect(valueAt(changed, 'byAcuity.2.rungs.1.waveSize')).toBe(9);
    expect(withValue(changed, 'byAcuity.2.rungs.1.waveSize', valueAt(policy, 'byAcuity.2.rungs.1.waveSize'))).toEqual(policy);
  });

  it('keeps what is typed until it is a number', () => {
    expect([typed('90'), typed(' 1,5 '), typed(''), typed('soon'), typed('1e999')]).toEqual([90, 1.5, '', 'soon', '1e999']);
  });

  it('grows its ladder by a step that comes later and reaches further', () => {
    expect(nextRung([{ afterSeconds: 0, waveSize: 1, radiusKm: 40 }])).toEqual({ afterSeconds: 60, waveSize: 2, radiusKm: 80 });
    expect(nextRung([{ afterSeconds: 60, waveSize: 2, radiusKm: 80 }])).toEqual({ afterSeconds: 120, waveSize: 3, radiusKm: 160 });
  });
});
