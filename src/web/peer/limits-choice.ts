import type { LimitsDto, LimitsView } from '../../peers/contract.js';
import { CONTACT_KINDS, type ContactKind } from '../api/types.js';
import type { TermsView } from '../../wellness/contract.js';
import { spanBody, spanChoice, type SpanChoice } from './span-choice.js';

export type YesNo = 'yes' | 'no';
export type MaxAcuity = '1' | '2' | '3' | '4';

/** The form as people fill it in. No kind chosen, or all of them, is no limit; so is the most urgent acuity. */
export interface LimitsChoice {
  readonly contactKinds: readonly ContactKind[];
  readonly maxAcuity: MaxAcuity;
  readonly buddyOnly: YesNo;
  readonly noNights: YesNo;
  readonly hoursAWeek: string;
  readonly span: SpanChoice;
}

const yesNo = (value: boolean): YesNo => (value ? 'yes' : 'no');

export function limitsChoice(limits: LimitsView | null, nowMs: number): LimitsChoice {
  return {
    contactKinds: limits?.contactKinds ?? [], maxAcuity: String(limits?.maxAcuity ?? 1) as MaxAcuity, buddyOnly: yesNo(limits?.buddyOnly ?? false),
    noNights: yesNo(limits?.noNights ?? false), hoursAWeek: limits?.hoursAWeek ? String(limits.hoursAWeek) : '',
    span: spanChoice(limits?.from ?? null, limits?.until ?? null, nowMs),
  };
}

export function hoursFault({ hoursAWeek }: LimitsChoice): boolean {
  const text = hoursAWeek.trim();
  return text !== '' && !(/^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= 80);
}

export function limitsBody(choice: LimitsChoice, nowMs: number): LimitsDto {
  const { contactKinds: kinds, maxAcuity, buddyOnly, noNights, hoursAWeek, span } = choice;
  return {
    contactKinds: kinds.length === 0 || kinds.length === CONTACT_KINDS.length ? null : [...kinds],
    maxAcuity: maxAcuity === '1' ? null : (Number(maxAcuity) as 2 | 3 | 4), buddyOnly: buddyOnly === 'yes', noNights: noNights === 'yes',
    hoursAWeek: hoursAWeek.trim() === '' ? null : Number(hoursAWeek), ...spanBody(span, nowMs),
  };
}

/** Whether anything is theirs alone to lift, besides what was agreed. */
export function hasOwnPart(limits: TermsView, agreed: TermsView | null): boolean {
  if (!agreed) return true;
  const kinds = (terms: TermsView): string => terms.contactKinds?.toSorted().join(' ') ?? '';
  const same = limits.maxAcuity === agreed.maxAcuity && limits.buddyOnly === agreed.buddyOnly && limits.noNights === agreed.noNights && limits.hoursAWeek === agreed.hoursAWeek;
  return !same || kinds(limits) !== kinds(agreed);
}
