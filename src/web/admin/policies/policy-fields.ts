export type Unit = 'seconds' | 'milliseconds' | 'times' | 'levels' | 'people' | 'kilometres' | 'minutes' | 'speed' | 'hours' | 'days' | 'contacts' | 'yesNo' | 'credentials' | 'hoursList';

interface PolicyField {
  /** Dotted, as the server names it. */
  readonly path: string;
  readonly unit: Unit;
}

/** The longest a time may be set to; the server refuses more. Beyond it somebody would wait, or go on, without anybody hearing of it. */
export const LONGEST_SECONDS: Readonly<Record<string, number>> = {
  triageSeconds: 1_800, pageRepeatSeconds: 600, confirmContactSeconds: 3_600, waitSeconds: 60, newRoundSeconds: 300, contactCheckSeconds: 7_200,
  ageingSeconds: 3_600, stillHereSeconds: 900, supervisorGraceSeconds: 900, safetyCheckSeconds: 3_600,
  'byAcuity.1.offerSeconds': 300, 'byAcuity.1.supervisorAfterSeconds': 600, 'byAcuity.1.contactSeconds': 600,
  'byAcuity.2.offerSeconds': 300, 'byAcuity.2.supervisorAfterSeconds': 1_800, 'byAcuity.2.contactSeconds': 900,
  'byAcuity.3.offerSeconds': 300, 'byAcuity.3.supervisorAfterSeconds': 3_600, 'byAcuity.3.contactSeconds': 1_800,
  'byAcuity.4.offerSeconds': 300, 'byAcuity.4.supervisorAfterSeconds': 7_200, 'byAcuity.4.contactSeconds': 1_800,
};

/** The shortest a time may be set to, where that is more than a second: below it nobody could have read what they are asked. */
export const SHORTEST_SECONDS: Readonly<Record<string, number>> = {
  'byAcuity.1.offerSeconds': 15, 'byAcuity.2.offerSeconds': 15, 'byAcuity.3.offerSeconds': 15, 'byAcuity.4.offerSeconds': 15,
};

const seconds = (...paths: readonly string[]): PolicyField[] => paths.map((path) => ({ path, unit: 'seconds' }));
const minutes = (...names: readonly string[]): PolicyField[] => names.map((name) => ({ path: `weights.${name}`, unit: 'minutes' }));

interface FieldGroup {
  readonly word: string;
  readonly fields: readonly PolicyField[];
}

/** Every setting but those by acuity, in the groups the form shows them in. */
export const GROUPS: readonly FieldGroup[] = [
  { word: 'intake', fields: [...seconds('triageSeconds', 'ageingSeconds', 'undoSeconds'), { path: 'preemptLevels', unit: 'levels' }] },
  { word: 'search', fields: [...seconds('waitSeconds', 'newRoundSeconds', 'acceptGraceSeconds'), { path: 'lockedWaitMs', unit: 'milliseconds' }] },
  { word: 'contact', fields: seconds('contactCheckSeconds', 'safetyCheckSeconds', 'closeOutSeconds') },
  { word: 'supervisors', fields: seconds('pageRepeatSeconds', 'confirmContactSeconds', 'supervisorGraceSeconds') },
  { word: 'peers', fields: [{ path: 'stillHereAfter', unit: 'times' }, ...seconds('stillHereSeconds')] },
  { word: 'followUp', fields: [...seconds('followUp.firstDueSeconds', 'followUp.betweenSeconds'), { path: 'followUp.tries', unit: 'times' }] },
  {
    word: 'weights',
    fields: [
      ...minutes('loadMinutes', 'contact24hMinutes', 'nightWakeMinutes', 'shiftEndMinutes', 'fitMinutes', 'ownAreaMinutes', 'continuityMinutes', 'preferredLanguageMinutes'),
      { path: 'weights.travelKmPerHour', unit: 'speed' },
    ],
  },
];

const within = (group: string, unit: Unit, ...names: readonly string[]): PolicyField[] => names.map((name) => ({ path: `${group}.${name}`, unit }));

/** Every setting of what keeps peers well. */
export const CARE_GROUPS: readonly FieldGroup[] = [
  { word: 'rest', fields: within('rest', 'minutes', 'afterContactMinutes', 'afterHighAcuityMinutes', 'afterHardMinutes') },
  {
    word: 'exposure',
    fields: [
      ...within('exposure', 'contacts', 'contactsPerShift', 'highAcuityInARow', 'highAcuityPerShift'), ...within('exposure', 'minutes', 'minutesPerShift'),
    ],
  },
  { word: 'hours', fields: [...within('hours', 'minutes', 'breakEveryMinutes', 'breakMinutes'), ...within('hours', 'hours', 'shiftWarnHours', 'shiftHours', 'restBetweenHours')] },
  {
    word: 'supervision',
    fields: [
      ...within('supervision.cadenceDays', 'days', 'clinical-guidance', 'managerial-oversight', 'orientation', 'training', 'emotional-support'),
      ...within('supervision', 'days', 'newPeerDays', 'newPeerCadenceDays', 'graceDays'),
      { path: 'criticalCheckInHours', unit: 'hoursList' },
    ],
  },
  { word: 'ratio', fields: [...within('ratio', 'people', 'peersPerSupervisor'), ...within('ratio', 'yesNo', 'enforced')] },
  {
    word: 'requirements',
    fields: [
      { path: 'requirements.training', unit: 'credentials' },
      ...within('requirements.byAcuity', 'credentials', '1', '2', '3', '4'),
      { path: 'requirements.certification', unit: 'yesNo' },
    ],
  },
];

/** Of each acuity, beside the ladder. */
export const ACUITY_FIELDS = ['offerSeconds', 'supervisorAfterSeconds', 'contactSeconds'] as const;
/** Of each step of the ladder. */
export const RUNG_FIELDS = [
  { name: 'afterSeconds', unit: 'seconds' },
  { name: 'waveSize', unit: 'people' },
  { name: 'radiusKm', unit: 'kilometres' },
] as const satisfies readonly { name: string; unit: Unit }[];

export const MOST_RUNGS = 10;
const LISTS: readonly Unit[] = ['credentials', 'hoursList'];

/** What a path is about, for words: `byAcuity.2.rungs.0.waveSize` is a step of the ladder of acuity 2. */
interface PathParts {
  readonly acuity: string | null;
  /** From 1; null when it is no step. */
  readonly step: number | null;
  /** The setting, with hyphens for dots. */
  readonly name: string;
}

export function partsOf(path: string): PathParts {
  const [, acuityAsked] = /^requirements\.byAcuity\.(\d)/.exec(path) ?? [];
  if (acuityAsked !== undefined) return { acuity: acuityAsked, step: null, name: 'requirements-byAcuity' };
  const [, list] = /^(criticalCheckInHours|requirements\.training)\.\d+$/.exec(path) ?? [];
  if (list !== undefined) return { acuity: null, step: null, name: list.replaceAll('.', '-') };
  const [, acuity = null, rest = path] = /^byAcuity\.(\d)\.(.+)$/.exec(path) ?? [];
  const [, step = null, name = rest] = /^rungs\.(\d+)\.(.+)$/.exec(rest) ?? [];
  return { acuity, step: step === null ? null : Number(step) + 1, name: name.replaceAll('.', '-') };
}

export function unitOf(path: string): Unit {
  const { name } = partsOf(path);
  const list = /^(.+)\.\d+$/.exec(path)?.[1];
  const listed = [...GROUPS, ...CARE_GROUPS].flatMap(({ fields }) => fields).find((field) => field.path === path || (field.path === list && LISTS.includes(field.unit)))?.unit;
  return listed ?? RUNG_FIELDS.find((field) => field.name === name)?.unit ?? 'seconds';
}

/** `1 h 30 min`; the signs are the same in both languages. */
export function spanOf(totalSeconds: number): string {
  const parts: [number, string][] = [[Math.floor(totalSeconds / 3600), 'h'], [Math.floor((totalSeconds % 3600) / 60), 'min'], [totalSeconds % 60, 's']];
  const shown = parts.filter(([count]) => count > 0).map(([count, sign]) => `${count} ${sign}`);
  return shown.length === 0 ? '0 s' : shown.join(' ');
}
