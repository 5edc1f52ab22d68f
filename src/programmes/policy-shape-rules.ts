import { z, type ZodType } from 'zod';
import type { CarePolicy } from './domain/care-policy.js';
import type { PolicyContents, PolicyKind } from './domain/policy-kind.js';
import type { DispatchPolicy } from './domain/policy.js';

const DAY_SECONDS = 86_400;
const seconds = z.int().min(1).max(7 * DAY_SECONDS);
/** Beyond these somebody would wait, or go on alone, without anybody hearing of it: a page that does not repeat, a triage nobody misses. */
const LONGEST_SECONDS = {
  triageSeconds: 1_800, pageRepeatSeconds: 600, confirmContactSeconds: 3_600, waitSeconds: 60, newRoundSeconds: 300, contactCheckSeconds: 7_200,
  ageingSeconds: 3_600, stillHereSeconds: 900, supervisorGraceSeconds: 900, safetyCheckSeconds: 3_600,
} as const;
const LONGEST_AT_ACUITY = {
  '1': { offerSeconds: 300, supervisorAfterSeconds: 600, contactSeconds: 600 },
  '2': { offerSeconds: 300, supervisorAfterSeconds: 1_800, contactSeconds: 900 },
  '3': { offerSeconds: 300, supervisorAfterSeconds: 3_600, contactSeconds: 1_800 },
  '4': { offerSeconds: 300, supervisorAfterSeconds: 7_200, contactSeconds: 1_800 },
} as const;
/** Somebody wakes, finds the phone, reads and decides: below this an offer is gone before it was read. */
const SHORTEST_AT_ACUITY = { offerSeconds: 15 } as const;
const atMost = (setting: keyof typeof LONGEST_SECONDS) => z.int().min(1).max(LONGEST_SECONDS[setting]);
const minutes = z.number().min(0).max(24 * 60);
const rung = z.strictObject({ afterSeconds: z.int().min(0).max(DAY_SECONDS), waveSize: z.int().min(1).max(20), radiusKm: z.number().min(1).max(2_000) });
const rungs = z
  .array(rung)
  .min(1)
  .max(10)
  .refine((all) => all[0]?.afterSeconds === 0, 'the first rung begins with the search')
  .refine((all) => all.every((one, at) => at === 0 || one.afterSeconds > (all[at - 1]?.afterSeconds ?? 0)), 'each rung begins after the one before');
const atAcuity = (acuity: keyof typeof LONGEST_AT_ACUITY) => {
  const longest = LONGEST_AT_ACUITY[acuity];
  const within = (setting: keyof typeof longest) => z.int().min(1).max(longest[setting]);
  return z.strictObject({
    rungs, offerSeconds: within('offerSeconds').min(SHORTEST_AT_ACUITY.offerSeconds), supervisorAfterSeconds: within('supervisorAfterSeconds'), contactSeconds: within('contactSeconds'),
  });
};

export const DISPATCH_POLICY: ZodType<DispatchPolicy> = z.strictObject({
  triageSeconds: atMost('triageSeconds'),
  acceptGraceSeconds: z.int().min(0).max(30),
  waitSeconds: atMost('waitSeconds'),
  lockedWaitMs: z.int().min(50).max(5_000),
  newRoundSeconds: atMost('newRoundSeconds'),
  pageRepeatSeconds: atMost('pageRepeatSeconds'),
  confirmContactSeconds: atMost('confirmContactSeconds'),
  contactCheckSeconds: atMost('contactCheckSeconds'),
  closeOutSeconds: seconds,
  ageingSeconds: atMost('ageingSeconds'),
  preemptLevels: z.int().min(1).max(3),
  stillHereAfter: z.int().min(1).max(10),
  stillHereSeconds: atMost('stillHereSeconds'),
  supervisorGraceSeconds: atMost('supervisorGraceSeconds'),
  undoSeconds: z.int().min(0).max(120),
  safetyCheckSeconds: atMost('safetyCheckSeconds'),
  followUp: z.strictObject({ firstDueSeconds: seconds, betweenSeconds: seconds, tries: z.int().min(1).max(3) }),
  byAcuity: z.strictObject({ '1': atAcuity('1'), '2': atAcuity('2'), '3': atAcuity('3'), '4': atAcuity('4') }),
  weights: z.strictObject({
    loadMinutes: minutes, contact24hMinutes: minutes, fitMinutes: minutes,
    ownAreaMinutes: minutes, shiftEndMinutes: minutes,
    travelKmPerHour: z.number().min(1).max(200), nightWakeMinutes: minutes, continuityMinutes: minutes, preferredLanguageMinutes: minutes,
  }),
});

/** A shift ends after twelve hours (SAMHSA), a night off is ten (NIOSH), a break comes at least every two hours (NIOSH). */
const [SHIFT_HOURS, OFF_HOURS, BREAK_EVERY_MINUTES] = [12, 10, 120];
const restMinutes = z.number().min(0).max(240);
const cadence = z.int().min(1).max(730);
const codes = z
  .array(z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/).max(60))
  .max(30)
  .refine((all) => new Set(all).size === all.length, 'each is named once');

const CARE_POLICY: ZodType<CarePolicy> = z.strictObject({
  rest: z.strictObject({ afterContactMinutes: restMinutes, afterHighAcuityMinutes: restMinutes, afterHardMinutes: restMinutes }),
  exposure: z.strictObject({
    contactsPerShift: z.int().min(1).max(50), minutesPerShift: z.int().min(15).max(SHIFT_HOURS * 60),
    highAcuityInARow: z.int().min(1).max(20), highAcuityPerShift: z.int().min(1).max(50),
  }),
  hours: z
    .strictObject({
      breakEveryMinutes: z.int().min(15).max(BREAK_EVERY_MINUTES), breakMinutes: z.int().min(5).max(60),
      shiftWarnHours: z.number().min(1).max(SHIFT_HOURS), shiftHours: z.number().min(1).max(SHIFT_HOURS), restBetweenHours: z.number().min(OFF_HOURS).max(24),
    })
    .refine(({ shiftWarnHours, shiftHours }) => shiftWarnHours <= shiftHours, 'the warning comes before the end'),
  ratio: z.strictObject({ peersPerSupervisor: z.int().min(1).max(100), enforced: z.boolean() }),
  supervision: z.strictObject({
    cadenceDays: z.strictObject({
      'clinical-guidance': cadence, 'managerial-oversight': cadence, orientation: cadence, training: cadence, 'emotional-support': cadence,
    }),
    newPeerDays: z.int().min(0).max(365), newPeerCadenceDays: z.int().min(1).max(90), graceDays: z.int().min(0).max(30),
  }),
  criticalCheckInHours: z
    .array(z.int().min(1).max(90 * 24))
    .min(1)
    .max(10)
    .refine((all) => all.every((one, at) => at === 0 || one > (all[at - 1] ?? 0)), 'each comes after the one before'),
  requirements: z.strictObject({
    training: codes, byAcuity: z.strictObject({ '1': codes.optional(), '2': codes.optional(), '3': codes.optional(), '4': codes.optional() }),
    certification: z.boolean(),
  }),
});

/** One shape for each kind: the file at boot, what an admin sends and what is stored are held to the same. */
export const POLICY_SHAPES: { readonly [K in PolicyKind]: ZodType<PolicyContents[K]> } = { dispatch: DISPATCH_POLICY, care: CARE_POLICY };
export const POLICIES_FILE = z.strictObject({ dispatch: DISPATCH_POLICY, care: CARE_POLICY });

/** A version stored before a setting existed has the standard value for it; what it does say stays as it was. */
const BROUGHT: { readonly [K in PolicyKind]: (stored: unknown, standard: PolicyContents[K]) => unknown } = {
  dispatch: broughtDispatch,
  care: (stored, standard) => withDefaults(stored, standard),
};

export function readStored<K extends PolicyKind>(kind: K, stored: unknown, standard: PolicyContents[K]): PolicyContents[K] {
  return POLICY_SHAPES[kind].parse(BROUGHT[kind](stored, standard));
}

function broughtDispatch(stored: unknown, standard: DispatchPolicy): unknown {
  const old = stored as Partial<DispatchPolicy>;
  const acuities = Object.entries(standard.byAcuity).map(([acuity, now]) => {
    const { waveSize, ...said } = ((old.byAcuity ?? {}) as Record<string, { waveSize?: number }>)[acuity] ?? {};
    const rungsSaid = waveSize === undefined ? {} : { rungs: [{ afterSeconds: 0, waveSize, radiusKm: now.rungs[0]?.radiusKm ?? 1 }] };
    const stored = noLonger({ ...now, ...rungsSaid, ...said }, LONGEST_AT_ACUITY[acuity as keyof typeof LONGEST_AT_ACUITY]);
    return [acuity, { ...stored, offerSeconds: Math.max(stored.offerSeconds, SHORTEST_AT_ACUITY.offerSeconds) }];
  });
  // A weight that nothing goes by any more is left behind: a wish had one of its own once.
  const weights = Object.fromEntries(Object.entries({ ...standard.weights, ...old.weights }).filter(([name]) => name in standard.weights));
  return { ...noLonger({ ...standard, ...old }, LONGEST_SECONDS), byAcuity: Object.fromEntries(acuities) as unknown, weights };
}

/** A version stored before a bound existed goes by the bound: it must neither wait longer nor stop its requests. */
function noLonger<S extends string, P extends Readonly<Record<S, number>>>(policy: P, longest: Readonly<Record<S, number>>): P {
  const settings = Object.keys(longest) as S[];
  return { ...policy, ...Object.fromEntries(settings.map((setting) => [setting, Math.min(policy[setting], longest[setting])])) };
}

function withDefaults(stored: unknown, standard: CarePolicy): unknown {
  const old = (stored ?? {}) as Partial<CarePolicy>;
  return {
    ...standard, ...old,
    rest: { ...standard.rest, ...old.rest }, exposure: { ...standard.exposure, ...old.exposure }, hours: { ...standard.hours, ...old.hours },
    ratio: { ...standard.ratio, ...old.ratio }, requirements: { ...standard.requirements, ...old.requirements },
    supervision: { ...standard.supervision, ...old.supervision, cadenceDays: { ...standard.supervision.cadenceDays, ...old.supervision?.cadenceDays } },
  };
}
