import type { Role } from '../../access/domain/principal.js';
import type { FieldError } from '../../platform/errors.js';

interface OnCallCandidate {
  readonly accountId: string;
  readonly personId: string;
  readonly roles: readonly string[];
  readonly active: boolean;
}

/** Who stands behind the peers without a check-in; and who is called first for what needs a clinician. */
const ON_CALL_LISTS = ['supervisors', 'clinicians'] as const;
export type OnCallListName = (typeof ON_CALL_LISTS)[number];

/** Who could do what a page of this list asks: open the request, take the escalation on. Being a clinician is no role here. */
export const ROLES_ON_LIST: Readonly<Record<OnCallListName, readonly Role[]>> = { supervisors: ['supervisor'], clinicians: ['supervisor', 'coordinator'] };

const MISSING_ROLE: Readonly<Record<OnCallListName, Pick<FieldError, 'code' | 'message'>>> = {
  supervisors: { code: 'not-a-supervisor', message: 'Only supervisors are on call.' },
  clinicians: { code: 'cannot-take-it-on', message: 'Only coordinators and supervisors can take an escalation on.' },
};

/** Each account on the list that could not do what a page asks: sign in, see the programme, act as one of its list. */
export function onCallFaults(list: OnCallListName, accountIds: readonly string[], people: readonly OnCallCandidate[], members: ReadonlySet<string>): FieldError[] {
  return accountIds.flatMap((accountId, index) => {
    const person = people.find((each) => each.accountId === accountId);
    const field = `accountIds.${index}`;
    if (!person) return [{ field, code: 'unknown-account', message: 'There is no such account.' }];
    if (!person.active) return [{ field, code: 'not-active', message: 'This account cannot sign in now.' }];
    if (!ROLES_ON_LIST[list].some((role) => person.roles.includes(role))) return [{ field, ...MISSING_ROLE[list] }];
    return members.has(person.personId) ? [] : [{ field, code: 'not-a-member', message: 'This person does not belong to the programme.' }];
  });
}
