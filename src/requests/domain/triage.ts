import type { Acuity, Safety } from './request.js';

export const ESCALATION_CAUSES = [
  'imminent-danger', 'medical-emergency', 'needs-clinician', 'beyond-scope', 'no-supervisor', 'no-relapse-policy', 'no-candidate', 'ladder-exhausted', 'lost-peer', 'hand-over', 'no-buddy', 'coordinator',
] as const;
export type EscalationCause = (typeof ESCALATION_CAUSES)[number];
/** What a coordinator or supervisor may say; the other causes are the engine's own findings. */
export const CAUSES_BY_HAND = [
  'imminent-danger', 'medical-emergency', 'needs-clinician', 'beyond-scope', 'coordinator',
] as const satisfies readonly EscalationCause[];
/** Somebody's life: whoever was with them then has been through it. */
export const CAUSES_OF_DANGER = ['imminent-danger', 'medical-emergency'] as const satisfies readonly EscalationCause[];
export const TIERS = ['partner', 'clinician', 'supervisor'] as const;
export type EscalationTier = (typeof TIERS)[number];

interface EscalationRule {
  readonly tier: EscalationTier;
  /** True when peers are still searched for while the escalation is open. */
  readonly searchContinues: boolean;
}

/** Product §3: what each cause asks for. Imminent danger and medical emergencies go to partners at once, without a search. */
export const ESCALATION_RULES: Readonly<Record<EscalationCause, EscalationRule>> = {
  'imminent-danger': { tier: 'partner', searchContinues: false },
  'medical-emergency': { tier: 'partner', searchContinues: false },
  'needs-clinician': { tier: 'clinician', searchContinues: false },
  'beyond-scope': { tier: 'supervisor', searchContinues: false },
  'no-supervisor': { tier: 'supervisor', searchContinues: true },
  'no-relapse-policy': { tier: 'supervisor', searchContinues: true },
  'no-candidate': { tier: 'supervisor', searchContinues: true },
  'ladder-exhausted': { tier: 'supervisor', searchContinues: true },
  'lost-peer': { tier: 'supervisor', searchContinues: true },
  'hand-over': { tier: 'supervisor', searchContinues: true },
  'no-buddy': { tier: 'supervisor', searchContinues: true },
  coordinator: { tier: 'supervisor', searchContinues: true },
};

interface TriageFacts {
  readonly safety: Safety;
  readonly acuity: Acuity | null;
  readonly needsClinician: boolean;
  /** The programme's plan lets a peer be first to answer an emergent request. */
  readonly peersFirst: boolean;
}

export type TriageResult =
  | { readonly kind: 'escalate'; readonly cause: EscalationCause; readonly acuity: Acuity | null }
  | { readonly kind: 'search'; readonly acuity: Acuity }
  | { readonly kind: 'await-triage' };

/** What a request needs first. Danger goes before everything else, whoever says so; an acuity is needed to search. */
export function assess(facts: TriageFacts): TriageResult {
  const { safety, acuity } = facts;
  if (safety.imminentDanger === 'yes') return { kind: 'escalate', cause: 'imminent-danger', acuity: 1 };
  if (safety.medicalEmergency === 'yes') return { kind: 'escalate', cause: 'medical-emergency', acuity: 1 };
  if (facts.needsClinician) return { kind: 'escalate', cause: 'needs-clinician', acuity };
  if (acuity === null) return { kind: 'await-triage' };
  if (acuity === 1 && !facts.peersFirst) return { kind: 'escalate', cause: 'needs-clinician', acuity };
  return { kind: 'search', acuity };
}

/** The cause that a later answer brought up; null when there is none, or it was known before. */
export function newCause(before: TriageResult, after: TriageResult): EscalationCause | null {
  if (after.kind !== 'escalate') return null;
  return before.kind === 'escalate' && before.cause === after.cause ? null : after.cause;
}

/** Danger or violence is still to be asked. */
export function safetyUnknown(safety: Safety): boolean {
  return safety.imminentDanger === 'unknown' || safety.violence === 'unknown';
}

interface Waited {
  readonly ms: number;
  readonly ageingSeconds: number;
  /** Peers who had accepted and could not stay: each makes the request a level more urgent. */
  readonly lostPeers: number;
}

/**
 * Urgency the engine works by. The stored acuity never changes by itself: danger or violence nobody asked about counts as
 * urgent, and waiting raises it a level every `ageingSeconds`, up to urgent. Only a person makes a request emergent.
 */
export function effectiveUrgency(acuity: Acuity | null, safety: Safety, waited: Waited): Acuity {
  const stored = acuity ?? 2;
  if (stored <= 2) return stored;
  if (safetyUnknown(safety)) return 2;
  const levels = waited.lostPeers + Math.floor(Math.max(0, waited.ms) / (waited.ageingSeconds * 1_000));
  return Math.max(2, stored - levels) as Acuity;
}
