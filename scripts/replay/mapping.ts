import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { utc } from './figures.js';
import type { DispatchRecord } from './records.js';

const answer = z.enum(['yes', 'no', 'unknown']);
const safety = z.strictObject({
  imminentDanger: answer, violence: answer, medicalEmergency: answer, minor: answer,
});
const acuity = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);
const because = z.string().min(1);
const intensity = z.enum(['calm', 'hard', 'critical']);
const stated = <T extends z.ZodType>(value: T) => z.strictObject({ value, because });
const effect = { acuity: acuity.optional(), safety: safety.partial().optional() };
const ending = z.strictObject({ outcome: z.string().min(1), intensity: intensity.optional() });

const mappingSchema = z.strictObject({
  about: z.string(),
  timeZone: z.string().min(1),
  programme: z.string().min(1),
  defaults: z.strictObject({
    channel: stated(z.string()),
    contactKind: stated(z.string()),
    language: stated(z.string()),
    acuity: stated(acuity),
    safety: stated(safety),
    outcome: stated(z.string()),
    intensity: stated(intensity),
  }),
  cities: z.record(
    z.string(),
    z.strictObject({ countyFips: z.string().regex(/^\d{5}$/).nullable(), because: because.optional() }),
  ),
  reasons: z.record(
    z.string(),
    z.strictObject({
      ...effect,
      experience: z.array(z.string()).optional(),
      populations: z.array(z.string()).optional(),
      contactReason: z.string().optional(),
      because: because.optional(),
    }),
  ),
  combinations: z.array(z.strictObject({ all: z.array(z.string()).min(2), ...effect, because })),
  outcomes: z.strictObject({
    dispositions: z.record(z.string(), ending),
    endPoints: z.record(z.string(), ending),
  }),
});

export type ReplayMapping = z.infer<typeof mappingSchema>;
type Safety = z.infer<typeof safety>;
type Acuity = z.infer<typeof acuity>;

/** The fields of `POST /requests` that come from a record. */
export interface MappedRequest {
  readonly channel: string;
  readonly contactKind: string;
  readonly language: string;
  readonly place?: { readonly countyFips: string };
  readonly needs: { readonly populations: readonly string[]; readonly experience: readonly string[] };
  readonly safety: Safety;
  readonly acuity: Acuity;
  /** RFC 3339 UTC: when the recorded person really asked. */
  readonly requestedAt: string;
}

interface Mapped<T> {
  readonly value: T;
  /** Each default that had to be applied, in words. */
  readonly defaults: readonly string[];
}

/** The codes that the server offers for closing a contact. */
export interface Catalogue {
  readonly outcomes: ReadonlySet<string>;
  readonly reasons: ReadonlySet<string>;
}

export interface Ending {
  readonly outcome: string;
  readonly reasons: readonly string[];
  readonly intensity: z.infer<typeof intensity>;
}

export class MappingError extends Error {}

export async function loadMapping(file: URL | string): Promise<ReplayMapping> {
  return parseMapping(JSON.parse(await readFile(file, 'utf8')));
}

export function parseMapping(raw: unknown): ReplayMapping {
  const parsed = mappingSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new MappingError(`The replay mapping is not right: ${faults.join('; ')}`);
}

export function mapRequest(record: DispatchRecord, mapping: ReplayMapping): Mapped<MappedRequest> {
  const { channel, contactKind, language } = mapping.defaults;
  const defaults = [
    sayDefault('channel', channel),
    sayDefault('contact kind', contactKind),
    sayDefault('language', language),
  ];
  const county = countyOf(record, mapping, defaults);
  const needs = needsOf(record, mapping, defaults);
  return {
    value: {
      channel: channel.value,
      contactKind: contactKind.value,
      language: language.value,
      ...(county === null ? {} : { place: { countyFips: county } }),
      needs,
      safety: safetyOf(record, mapping, defaults),
      acuity: acuityOf(record, mapping, defaults),
      requestedAt: utc(record.requestedAtMs),
    },
    defaults,
  };
}

/** How a simulated peer closes the contact: by where the person went, else by how the visit ended. */
export function mapEnding(record: DispatchRecord, mapping: ReplayMapping, catalogue: Catalogue): Mapped<Ending> {
  const { outcome, intensity: usual } = mapping.defaults;
  const found = mapping.outcomes.dispositions[record.disposition] ?? mapping.outcomes.endPoints[record.endPoint];
  const offered = found !== undefined && catalogue.outcomes.has(found.outcome);
  const defaults: string[] = [];
  if (!found) defaults.push(sayDefault('outcome', outcome));
  else if (!offered) defaults.push(`outcome "${outcome.value}": the catalogue has no "${found.outcome}"`);
  if (!found?.intensity) defaults.push(sayDefault('intensity', usual));
  const reasons = contactReasonsOf(record, mapping, catalogue, defaults);
  return {
    value: { outcome: offered ? found.outcome : outcome.value, reasons, intensity: found?.intensity ?? usual.value },
    defaults,
  };
}

function contactReasonsOf(record: DispatchRecord, mapping: ReplayMapping, catalogue: Catalogue, defaults: string[]): string[] {
  const stated = record.reasons.map((reason) => mapping.reasons[reason]?.contactReason).filter((code) => code !== undefined);
  const codes = [...new Set(stated)].filter((code) => catalogue.reasons.has(code));
  for (const code of new Set(stated)) if (!codes.includes(code)) defaults.push(`no contact reason: the catalogue has no "${code}"`);
  if (stated.length === 0) defaults.push('no contact reason: no recorded reason has one in the mapping');
  return codes.sort();
}

function countyOf(record: DispatchRecord, mapping: ReplayMapping, defaults: string[]): string | null {
  const city = mapping.cities[record.city];
  if (!city) {
    defaults.push(`no place: the city ${record.city === '' ? 'is blank' : `"${record.city}" is not in the mapping`}`);
    return null;
  }
  if (city.because) defaults.push(`${city.countyFips ? `county ${city.countyFips}` : 'no place'} for city "${record.city}": ${city.because}`);
  return city.countyFips;
}

function needsOf(record: DispatchRecord, mapping: ReplayMapping, defaults: string[]): MappedRequest['needs'] {
  const populations = new Set<string>();
  const experience = new Set<string>();
  if (record.reasons.length === 0) defaults.push('no needs: no reason is recorded');
  for (const reason of record.reasons) {
    const rule = mapping.reasons[reason];
    if (!rule) defaults.push(`no needs: the reason "${reason}" is not in the mapping`);
    for (const code of rule?.populations ?? []) populations.add(code);
    for (const code of rule?.experience ?? []) experience.add(code);
  }
  return { populations: [...populations].sort(), experience: [...experience].sort() };
}

/** The rules a record meets: its reasons, then the combinations it holds whole. */
function rulesOf(record: DispatchRecord, mapping: ReplayMapping) {
  const reasons = record.reasons.map((reason) => mapping.reasons[reason]).filter((rule) => rule !== undefined);
  const combinations = mapping.combinations.filter(({ all }) => all.every((reason) => record.reasons.includes(reason)));
  return [...reasons, ...combinations];
}

function acuityOf(record: DispatchRecord, mapping: ReplayMapping, defaults: string[]): Acuity {
  const stated = rulesOf(record, mapping).map((rule) => rule.acuity).filter((level) => level !== undefined);
  if (stated.length > 0) return stated.reduce((most, level) => (level < most ? level : most));
  defaults.push(sayDefault('acuity', mapping.defaults.acuity));
  return mapping.defaults.acuity.value;
}

const GRAVITY = { no: 0, unknown: 1, yes: 2 } as const;

/** The gravest answer that any rule gives; what no rule answers is the default. */
function safetyOf(record: DispatchRecord, mapping: ReplayMapping, defaults: string[]): Safety {
  const answers: Partial<Safety> = {};
  for (const rule of rulesOf(record, mapping)) {
    for (const question of safety.keyof().options) {
      const given = rule.safety?.[question];
      const before = answers[question];
      if (given && (!before || GRAVITY[given] > GRAVITY[before])) answers[question] = given;
    }
  }
  const usual = mapping.defaults.safety;
  for (const question of safety.keyof().options) {
    if (answers[question]) continue;
    defaults.push(`${question} "${usual.value[question]}": ${usual.because}`);
  }
  return { ...usual.value, ...answers };
}

function sayDefault(what: string, stated: { value: string | number; because: string }): string {
  return `${what} "${stated.value}": ${stated.because}`;
}
