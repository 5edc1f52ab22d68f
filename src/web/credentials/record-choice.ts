import type { NewCredentialDto } from '../../peers/credentials.contract.js';
import type { Labelled } from '../api/types.js';
import { endOfDay } from './dates.js';

export type CredentialClass = NonNullable<Labelled['credentialClass']>;

/** What is typed; numbers as text until they are sent. */
export interface RecordChoice {
  readonly code: string | null;
  readonly issuedOn: string;
  readonly lastDay: string;
  readonly issuer: string;
  readonly state: string;
  readonly number: string;
  readonly hours: string;
  readonly ceHours: string;
  readonly ceHoursNeeded: string;
  readonly result: 'passed' | 'not-passed';
  readonly attested: boolean;
}

export const BLANK: RecordChoice = {
  code: null, issuedOn: '', lastDay: '', issuer: '', state: '', number: '', hours: '', ceHours: '', ceHoursNeeded: '', result: 'passed', attested: false,
};

export const mayAttest = (credentialClass: CredentialClass): boolean => credentialClass === 'training' || credentialClass === 'competency';

/** A comma is a decimal point to half of those who type it; what is no number is sent as it is and refused by name. */
const numberOf = (typed: string): number | undefined => (typed.trim() === '' ? undefined : (Number(typed.trim().replace(',', '.')) as number));

/** Only what belongs to the class is sent: what was typed before another one was chosen is not. */
export function recordBody(choice: RecordChoice, credentialClass: CredentialClass): Partial<NewCredentialDto> {
  const { issuedOn, attested } = choice;
  const [issuer, number, expiresAt] = [choice.issuer.trim(), choice.number.trim(), endOfDay(choice.lastDay)?.toISOString()];
  const shared = { code: choice.code ?? '', issuedOn, ...(expiresAt && { expiresAt }), ...(issuer !== '' && { issuer }), ...(number !== '' && { number }) };
  switch (credentialClass) {
    case 'training': return { ...shared, hours: numberOf(choice.hours), ceHours: numberOf(choice.ceHours), attested };
    case 'competency': return { ...shared, attested };
    case 'certification': return { ...shared, ...(choice.state.trim() !== '' && { state: choice.state.trim().toUpperCase() }), ceHoursNeeded: numberOf(choice.ceHoursNeeded) };
    case 'check': return { ...shared, result: choice.result };
  }
}
