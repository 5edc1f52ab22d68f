import { readFile } from 'node:fs/promises';
import { loadMapping, mapEnding, mapRequest, parseMapping, type ReplayMapping } from './mapping.js';
import type { DispatchRecord } from './records.js';

const BOTH = ['Suicidality or suicide attempt', 'Harm/risk of harm to self/others/property'];
const CATALOGUE = { outcomes: new Set(['supported', 'handed-off', 'declined-peer']), reasons: new Set(['unusual-experiences']) };
let mapping: ReplayMapping;
beforeAll(async () => {
  mapping = await loadMapping('config/replay-mapping.json');
});

function record(change: Partial<DispatchRecord>): DispatchRecord {
  return {
    line: 2, caseId: '1', city: 'Eugene', requestedAtMs: Date.parse('2023-01-10T16:00:00Z'), requestedOn: '2023-01-10',
    dispatchedAtMs: null, arrivedAtMs: null, engagedAtMs: null, departedAtMs: null,
    reasons: ['Paranoia'], endPoint: '', disposition: '', ...change,
  };
}
const mapped = (change: Partial<DispatchRecord>) => mapRequest(record(change), mapping);

it('makes a request of a record, with the real time it was asked at', () => {
  expect(mapped({}).value).toEqual({
    channel: 'phone', contactKind: 'phone', language: 'en', place: { countyFips: '41039' },
    needs: { populations: [], experience: ['psychosis'] },
    safety: { imminentDanger: 'no', violence: 'no', medicalEmergency: 'no', minor: 'no' },
    acuity: 3, requestedAt: '2023-01-10T16:00:00.000Z',
  });
});

it('lets the most urgent of several reasons set the acuity and takes the needs of all', () => {
  const { value } = mapped({ reasons: ['Needing social/mental health services', 'Substance use', 'Suicidality or suicide attempt'] });
  expect(value.acuity).toBe(2);
  expect(value.needs.experience).toEqual(['mental-health', 'substance-use', 'suicide-attempt']);
});

it('does not take suicidality alone for imminent danger, but suicidality and harm together', () => {
  expect(mapped({ reasons: BOTH.slice(0, 1) }).value).toMatchObject({ acuity: 2, safety: { imminentDanger: 'no' } });
  expect(mapped({ reasons: BOTH }).value).toMatchObject({ acuity: 1, safety: { imminentDanger: 'yes', violence: 'unknown' } });
});

it('leaves out the place that was not recorded and says so', () => {
  for (const city of ['Unknown', 'Out of County', '', 'Atlantis']) {
    const { value, defaults } = mapped({ city });
    expect(value.place).toBeUndefined();
    expect(defaults.join('\n')).toContain('no place');
  }
});

it('names every default it applies', () => {
  const { value, defaults } = mapped({ reasons: [] });
  expect(value.acuity).toBe(3);
  for (const name of ['channel "phone"', 'contact kind "phone"', 'language "en"', 'acuity "3"', 'no needs: no reason', 'imminentDanger "no"', 'minor "no"']) {
    expect(defaults.some((line) => line.startsWith(name))).toBe(true);
  }
  expect(mapped({ reasons: ['Never heard of'] }).defaults).toContain('no needs: the reason "Never heard of" is not in the mapping');
});

it('does not call a default what a reason answers', () => {
  const { defaults } = mapped({ reasons: ['Running away'] });
  expect(defaults.filter((line) => /^(minor|acuity)/.test(line))).toEqual([]);
});

it('closes by where the person went, else by how the visit ended, else by the default', () => {
  const ended = (change: Partial<DispatchRecord>) => mapEnding(record(change), mapping, CATALOGUE);
  expect(ended({ disposition: 'Emergency Department', endPoint: 'Refused' }).value).toMatchObject({ outcome: 'handed-off', intensity: 'hard' });
  expect(ended({ disposition: 'Remained in community', endPoint: 'Refused' }).value).toMatchObject({ outcome: 'declined-peer', intensity: 'calm' });
  expect(ended({}).value).toEqual({ outcome: 'supported', intensity: 'calm', reasons: ['unusual-experiences'] });
  expect(ended({}).defaults).toHaveLength(2);
});

it('leaves out what the catalogue of the server does not offer, and says so', () => {
  const { value, defaults } = mapEnding(record({ endPoint: 'Refused' }), mapping, { outcomes: new Set(['supported']), reasons: new Set() });
  expect(value).toMatchObject({ outcome: 'supported', reasons: [] });
  expect(defaults).toEqual(expect.arrayContaining([expect.stringContaining('no "declined-peer"'), expect.stringContaining('no "unusual-experiences"')]));
});

it('uses only codes of the catalogue that the product ships', async () => {
  const shipped = JSON.parse(await readFile('config/catalogue.json', 'utf8')) as Record<string, { code: string }[]>;
  const offers = (shelf: string, codes: readonly string[]): void => {
    expect(shipped[shelf]?.map(({ code }) => code)).toEqual(expect.arrayContaining([...codes]));
  };
  const rules = Object.values(mapping.reasons);
  offers('experience', rules.flatMap((rule) => rule.experience ?? []));
  offers('populations', rules.flatMap((rule) => rule.populations ?? []));
  offers('reasons', rules.flatMap((rule) => rule.contactReason ?? []));
  offers('outcomes', [...Object.values(mapping.outcomes.dispositions), ...Object.values(mapping.outcomes.endPoints)].map(({ outcome }) => outcome));
});

it('refuses a mapping with a misspelt field or an impossible acuity, naming each fault', () => {
  const broken = structuredClone(mapping) as unknown as { reasons: Record<string, object>; cities: Record<string, object> };
  broken.reasons['Trauma'] = { acuity: 5 };
  broken.cities['Eugene'] = { countyFps: '41039' };
  expect(() => parseMapping(broken)).toThrow(/cities\.Eugene.*reasons\.Trauma\.acuity/);
});
