import type { ReceiveRequestDto } from '../../requests/contract.js';
import type { Acuity, Answer, Channel, ContactKind, SafetyAnswers } from '../api/types.js';

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
  readonly needsClinician: boolean;
  readonly callback: string;
  readonly story: string;
  readonly acuity: Acuity | null;
  /** Local wall time of a planned request. */
  readonly notBefore: string;
}

export function emptyDraft(programmeId: string): Draft {
  return {
    programmeId, safety: { imminentDanger: 'unknown', medicalEmergency: 'unknown', violence: 'unknown', minor: 'unknown' }, channel: 'phone', contactKind: null,
    language: 'en', zip: '', countyFips: '', forWhom: 'self', needs: [], needsClinician: false, callback: '', story: '', acuity: null, notBefore: '',
  };
}

export type AcuityReason = 'danger' | 'violence' | 'unknown' | 'calm';

/** A first guess from the safety answers; the coordinator knows better. */
export function suggestedAcuity(safety: SafetyAnswers): { acuity: Acuity; because: AcuityReason } {
  if (safety.imminentDanger === 'yes' || safety.medicalEmergency === 'yes') return { acuity: 1, because: 'danger' };
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

export function bodyOf(draft: Draft): ReceiveRequestDto {
  const { zip, countyFips, callback, story } = draft;
  const place = { ...(countyFips === '' ? {} : { countyFips }), ...(zip.trim() === '' ? {} : { zip: zip.trim() }) };
  return {
    programmeId: draft.programmeId,
    channel: draft.channel,
    contactKind: contactKindOf(draft),
    language: draft.language,
    ...(Object.keys(place).length === 0 ? {} : { place }),
    forWhom: draft.forWhom,
    needs: { populations: codesOf(draft.needs, 'populations'), experience: codesOf(draft.needs, 'experience'), skills: codesOf(draft.needs, 'skills') },
    safety: draft.safety,
    needsClinician: draft.needsClinician,
    acuity: draft.acuity ?? suggestedAcuity(draft.safety).acuity,
    // A number to call back is also what the requester is known by: it finds duplicates and keeps exclusions.
    ...(callback.trim() === '' ? {} : { callback: callback.trim(), requesterKey: callback.trim() }),
    ...(story.trim() === '' ? {} : { story: story.trim() }),
    ...(draft.channel === 'planned' && draft.notBefore !== '' ? { notBefore: new Date(draft.notBefore).toISOString() } : {}),
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

/** Fields of the form in its own order, so that the first faulty one gets the focus. */
export const FIELDS = ['programmeId', 'safety', 'channel', 'notBefore', 'contactKind', 'language', 'place', 'needs', 'callback', 'requesterKey', 'story', 'acuity'] as const;
