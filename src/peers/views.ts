import type { CredentialView, ExpiringView } from './credentials.contract.js';
import type { Expiring } from './credential.store.js';
import { ceStanding } from './domain/continuing-education.js';
import { renews, standingOf, type Credential } from './domain/credential.js';

interface CredentialsSeen {
  readonly all: readonly Credential[];
  /** Ids of those with a sealed number. */
  readonly numbered: ReadonlySet<string>;
  /** Checks are between the peer and administration. */
  readonly withChecks: boolean;
  readonly at: Date;
}

export function credentialViews({ all, numbered, withChecks, at }: CredentialsSeen): CredentialView[] {
  return all.filter(({ credentialClass }) => withChecks || credentialClass !== 'check').map((each) => credentialView(each, { all, numbered, at }));
}

export function credentialView(credential: Credential, { all, numbered, at }: Omit<CredentialsSeen, 'withChecks'>): CredentialView {
  const { id, code, credentialClass, issuer, state, result, issuedOn, expiresAt, hours, ceHours, attestedBy } = credential;
  const ce = ceStanding(credential, all);
  return {
    id, code, credentialClass, standing: standingOf(credential, at), issuer, state, result, issuedOn, expiresAt: expiresAt?.toISOString() ?? null, hours, ceHours,
    attested: attestedBy !== null, hasNumber: numbered.has(id), renewed: all.some((other) => renews(other, credential)),
    continuingEducation: ce && { from: ce.from, until: ce.until.toISOString(), needed: ce.needed, done: ce.done },
  };
}

export function expiringView({ id, personId, name, code, expiresAt }: Expiring): ExpiringView {
  return { id, personId, name, code, expiresAt: expiresAt.toISOString() };
}
