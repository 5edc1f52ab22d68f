export const ROLES = ['peer', 'coordinator', 'supervisor', 'supervisor-lead', 'planner', 'admin', 'privacy-officer'] as const;
export type Role = (typeof ROLES)[number];

export const SCOPES = ['requests:write', 'triage', 'alerts:write', 'operations:read'] as const;
export type Scope = (typeof SCOPES)[number];

/** Who is asking. */
export type Principal =
  | {
      readonly kind: 'account';
      readonly accountId: string;
      readonly personId: string;
      readonly roles: readonly Role[];
      /** Has the role peer. */
      readonly peer: boolean;
      readonly sessionId: string;
    }
  | { readonly kind: 'api-key'; readonly apiKeyId: string; readonly scopes: readonly Scope[] };

export type AccountPrincipal = Extract<Principal, { kind: 'account' }>;
