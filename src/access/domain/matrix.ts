import type { Principal } from './principal.js';

/** Conditions about the caller alone; the guard decides them before anything is loaded. */
const ABOUT_CALLER = {
  isSignedIn: (p: Principal) => p.kind === 'account',
  isPeer: (p: Principal) => p.kind === 'account' && p.roles.includes('peer'),
  isCoordinator: (p: Principal) => p.kind === 'account' && p.roles.includes('coordinator'),
  isSupervisor: (p: Principal) => p.kind === 'account' && p.roles.includes('supervisor'),
  isSupervisorLead: (p: Principal) => p.kind === 'account' && p.roles.includes('supervisor-lead'),
  isPlanner: (p: Principal) => p.kind === 'account' && p.roles.includes('planner'),
  isAdmin: (p: Principal) => p.kind === 'account' && p.roles.includes('admin'),
  isPrivacyOfficer: (p: Principal) => p.kind === 'account' && p.roles.includes('privacy-officer'),
  isPartner: (p: Principal) => p.kind === 'api-key',
  mayReadOperations: (p: Principal) => p.kind === 'api-key' && p.scopes.includes('operations:read'),
  mayWriteRequests: (p: Principal) => p.kind === 'api-key' && p.scopes.includes('requests:write'),
} as const satisfies Record<string, (principal: Principal) => boolean>;
type AboutCaller = keyof typeof ABOUT_CALLER;

/** Conditions about the caller and one thing; whoever loaded the thing states the facts. */
const RELATIONS = ['inProgramme', 'isAssigned', 'isOwn', 'isSupervisorOf', 'hasEscalation', 'mayMeet'] as const;
export type Relation = (typeof RELATIONS)[number];
/** A fact nobody stated is false. */
export type Facts = Readonly<Partial<Record<Relation, boolean>>>;

type Condition = AboutCaller | Relation;
export const CONDITIONS: readonly Condition[] = [...(Object.keys(ABOUT_CALLER) as AboutCaller[]), ...RELATIONS];

/** Action → any of these clauses, each of which holds when all of its conditions hold. */
export type Matrix = Readonly<Record<string, readonly (readonly Condition[])[]>>;

const isRelation = (condition: Condition): condition is Relation => (RELATIONS as readonly string[]).includes(condition);

/**
 * What is still to hold once the caller is known: one list of relations for each clause the caller fits; `[]` inside
 * means everything, no list at all means nothing. A store makes its WHERE of it.
 */
export function reachOf(matrix: Matrix, action: string, principal: Principal): readonly (readonly Relation[])[] {
  return (matrix[action] ?? [])
    .filter((clause) => clause.every((condition) => isRelation(condition) || ABOUT_CALLER[condition](principal)))
    .map((clause) => clause.filter(isRelation));
}

type Verdict = 'allowed' | 'not-allowed' | 'not-found';

/** `not-found` for what the role includes and this one thing does not: its existence is nobody else's business. */
export function judge(matrix: Matrix, action: string, principal: Principal, facts: Facts): Verdict {
  const reach = reachOf(matrix, action, principal);
  if (reach.length === 0) return 'not-allowed';
  return reach.some((relations) => relations.every((relation) => facts[relation] === true)) ? 'allowed' : 'not-found';
}
