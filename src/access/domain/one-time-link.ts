import { after, HOUR_MS } from '../../platform/time.js';

/** `first-admin`: made on the server itself, for whoever runs it. */
export const LINK_PURPOSES = ['invite', 'password-reset', 'first-admin'] as const;
export type LinkPurpose = (typeof LINK_PURPOSES)[number];

const LASTS_MS: Readonly<Record<LinkPurpose, number>> = { invite: 72 * HOUR_MS, 'password-reset': 24 * HOUR_MS, 'first-admin': 72 * HOUR_MS };

export function expiryOf(purpose: LinkPurpose, madeAt: Date): Date {
  return after(madeAt, LASTS_MS[purpose]);
}

export interface LinkRow {
  readonly id: string;
  readonly accountId: string;
  readonly purpose: LinkPurpose;
  /** Account of whoever made it; null: on the server's command line. */
  readonly madeBy: string | null;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
  readonly withdrawnAt: Date | null;
}

/** Whether the link still opens the door. */
export function opens(link: LinkRow, now: Date): boolean {
  return link.usedAt === null && link.withdrawnAt === null && link.expiresAt > now;
}

/** Where the token stands behind the `#`, which browsers send to nobody: no log and no referrer holds it. */
export function linkOf(base: string, token: string): string {
  return `${base}/welcome#${token}`;
}
