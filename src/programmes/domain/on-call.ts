import type { FieldError } from '../../platform/errors.js';

export interface OnCallCandidate {
  readonly accountId: string;
  readonly personId: string;
  readonly roles: readonly string[];
  readonly active: boolean;
}

/** Each account on the list that could not do what a page asks: sign in, see the programme, act as its supervisor. */
export function onCallFaults(accountIds: readonly string[], people: readonly OnCallCandidate[], members: ReadonlySet<string>): FieldError[] {
  return accountIds.flatMap((accountId, index) => {
    const person = people.find((each) => each.accountId === accountId);
    const field = `accountIds.${index}`;
    if (!person) return [{ field, code: 'unknown-account', message: 'There is no such account.' }];
    if (!person.active) return [{ field, code: 'not-active', message: 'This account cannot sign in now.' }];
    if (!person.roles.includes('supervisor')) return [{ field, code: 'not-a-supervisor', message: 'Only supervisors are on call.' }];
    return members.has(person.personId) ? [] : [{ field, code: 'not-a-member', message: 'This person does not belong to the programme.' }];
  });
}
