import type { ReceiveRequestDto } from '../../requests/contract.js';
import type { Acuity, Answer, Channel, ContactKind, SafetyAnswers } from '../api/types.js';
import { momentIn } from '../time/zoned.js';

export type Strength = 'must' | 'would-like';
export interface Wish {
  readonly value: string;
  readonly strength: Strength;
}

/** What the coordinator has put down so far. `null` where the form's own suggestion still counts. */
export interface Draft {
  readonly programmeId: string;
  readonly safety: SafetyAnswers;
  readonly channel: Channel;
  readonly contactKind: ContactKind | null;
  readonly language: string;
  readonly zip: string;
  readonly countyFips: string;
  readonly forWhom: 'self' | 'other';
  /** `experience:loss`, `populations:veteran`. */
  readonly needs: readonly string[];
  readonly gender: Wish | null;
  /** The value is the person's id. */
  readonly samePeer: Wish | null;
  /** A language that would be liked besides the one it must be; empty: none. */
  readonly likedLanguage: string;
  readonly needsClinician: boolean;
  readonly callback: string;
  /** What the requester is known by, when it is not the number to call back. */
  readonly requesterKey: string;
  readonly story: string;
  readonly acuity: Acuity | null;
  /** Wall time of a planned request, in the programme's zone. */
  readonly notBefore: string;
  /** Which of the two, when the clocks repeat that hour. */
  readonly notBeforeSecond: boolean;
}

export function emptyDraft(programmeId: string, language = 'en'): Draft {
  return {
    programmeId, safety: { imminentDanger: 'unknown', medicalEmergency: 'unknown', violence: 'unknown', minor: 'unknown' }, channel: 'phone', contactKind: null,
    language, zip: '', countyFips: '', forWhom: 'self', needs: [], gender: null, samePeer: null, likedLanguage: '', needsClinician: false, callback: '', requesterKey: '', story: '', acuity: null,
    notBefore: '', notBeforeSecond: false,
  };
}

type AcuityReason = 'danger' | 'violence' | 'unknown' | 'calm';

/** Somebody has to be sent for at once: everything else on the form can wait. */
export function isDanger(safety: SafetyAnswers): boolean {
  return safety.imminentDanger === 'yes' || safety.medicalEmergency === 'yes';
}

/** A first guess from the safety answers; the coordinator knows better. */
export function suggestedAcuity(safety: SafetyAnswers): { acuity: Acuity; because: AcuityReason } {
  if (isDanger(safety)) return { acuity: 1, because: 'danger' };
  if (safety.violence === 'yes') return { acuity: 2, because: 'violence' };
  if (safety.imminentDanger === 'unknown' || safety.violence === 'unknown') return { acuity: 2, because: 'unknown' };
  return { acuity: 3, because: 'calm' };
}

const KIND_OF_CHANNEL: Readonly<Record<Channel, ContactKind>> = {
  phone: 'phone', text: 'text', chat: 'text', 'walk-in': 'in-person', partner: 'phone', referral: 'phone', planned: 'phone',
};

export function contactKindOf(draft: Pick<Draft, 'channel' | 'contactKind'>): ContactKind {
  return draft.contactKind ?? KIND_OF_CHANNEL[draft.channel];
}

/** The planned moment; null when it is not planned, not a time, or an hour the clocks skip. */
function plannedAt(draft: Pick<Draft, 'channel' | 'notBefore' | 'notBeforeSecond'>, timeZone: string): Date | null {
  const moment = draft.channel === 'planned' ? momentIn(draft.notBefore, timeZone) : null;
  if (moment === null || moment.kind === 'skipped') return null;
  if (moment.kind === 'once') return moment.at;
  return draft.notBeforeSecond ? moment.second : moment.first;
}

/** What keeps the form from being sent, by field; the server has the last word on everything else. */
export function lacking(draft: Draft, timeZone: string, nowMs: number): 'none' | 'not-before' | 'not-before-skipped' | 'not-before-past' {
  if (draft.channel !== 'planned') return 'none';
  const at = plannedAt(draft, timeZone);
  if (at === null) return momentIn(draft.notBefore, timeZone)?.kind === 'skipped' ? 'not-before-skipped' : 'not-before';
  return at.getTime() <= nowMs ? 'not-before-past' : 'none';
}

/** What the requester is known by. A number to call back is that too: it finds duplicates and keeps exclusions. */
export function requesterKeyOf({ requesterKey, callback }: Pick<Draft, 'requesterKey' | 'callback'>): string {
  return requesterKey.trim() === '' ? callback.trim() : requesterKey.trim();
}

export function bodyOf(draft: Draft, timeZone: string): ReceiveRequestDto {
  const { zip, countyFips, callback, story } = draft;
  const place = { ...(countyFips === '' ? {} : { countyFips }), ...(zip.trim() === '' ? {} : { zip: zip.trim() }) };
  const planned = plannedAt(draft, timeZone);
  const key = requesterKeyOf(draft);
  const preferences = [
    ...(draft.gender ? [{ kind: 'gender' as const, ...draft.gender }] : []), ...(draft.samePeer ? [{ kind: 'same-peer' as const, ...draft.samePeer }] : []),
    ...(draft.likedLanguage === '' || draft.likedLanguage === draft.language ? [] : [{ kind: 'language' as const, value: draft.likedLanguage, strength: 'would-like' as const }]),
  ];
  return {
    programmeId: draft.programmeId,
    channel: draft.channel,
    contactKind: contactKindOf(draft),
    language: draft.language,
    ...(Object.keys(place).length === 0 ? {} : { place }),
    forWhom: draft.forWhom,
    needs: { populations: codesOf(draft.needs, 'populations'), experience: codesOf(draft.needs, 'experience'), skills: codesOf(draft.needs, 'skills') },
    ...(preferences.length === 0 ? {} : { preferences }),
    safety: draft.safety,
    needsClinician: draft.needsClinician,
    acuity: draft.acuity ?? suggestedAcuity(draft.safety).acuity,
    ...(key === '' ? {} : { requesterKey: key }),
    ...(callback.trim() === '' ? {} : { callback: callback.trim() }),
    ...(story.trim() === '' ? {} : { story: story.trim() }),
    ...(planned === null ? {} : { notBefore: planned.toISOString() }),
  };
}

function codesOf(needs: readonly string[], kind: string): string[] {
  return needs.filter((need) => need.startsWith(`${kind}:`)).map((need) => need.slice(kind.length + 1));
}

/** The answer a key gives, or null. The Spanish letters too: sí, no, «no se sabe». */
export function answerOfKey(key: string): Answer | null {
  switch (key.toLowerCase()) {
    case 'y':
    case 's': return 'yes';
    case 'n': return 'no';
    case 'u':
    case 'd': return 'unknown';
    default: return null;
  }
}
