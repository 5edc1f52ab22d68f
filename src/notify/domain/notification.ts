import { assertNever } from '../../platform/errors.js';
import { after, SECOND_MS } from '../../platform/time.js';

export const NOTICE_KINDS = ['offer', 'page', 'still-here', 'contact-asked', 'safety-check', 'assignment-ended', 'follow-up', 'inbox', 'sign-in-reset'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Whoever signs a person out everywhere shall not so keep from them that their sign-in was reset. */
export function reachesSignedOut(kind: NoticeKind): boolean {
  return kind === 'sign-in-reset';
}

export type ChannelKind = 'in-app' | 'web-push';

/** One way to reach a person; `delaySeconds` after the first ones, so that what is answered in time is not sent again. */
export interface Channel {
  readonly id: string;
  readonly kind: ChannelKind;
  readonly delaySeconds: number;
}

/** What somebody is to be told, before it is known over which channels. */
export interface Notice {
  readonly personId: string;
  readonly kind: NoticeKind;
  /** What it is about; what is told about one subject replaces what was told before. */
  readonly subjectId: string;
  /** When it is of no use any more. */
  readonly expiresAt: Date;
}

type NotificationState = 'due' | 'sending' | 'delivered' | 'failed' | 'expired';

/** `dueAt`: when it is to be sent; while it is being sent: when the sender counts as dead. */
export interface Notification {
  readonly id: string;
  readonly channelId: string | null;
  readonly kind: NoticeKind;
  readonly subjectId: string;
  readonly state: NotificationState;
  readonly dueAt: Date | null;
  readonly expiresAt: Date;
  readonly attempts: number;
}

/** Of the time a notice stands, the part that may go by before a person is told of it: the rest is theirs to answer in. */
const MOST_OF_ITS_TIME = 1 / 3;

/** Whoever is on duty looks at the app, so an in-app notice is there as soon as it is written; elsewhere after the person's delay. */
export function firstState(channel: Channel, expiresAt: Date, now: Date): Pick<Notification, 'state' | 'dueAt'> {
  switch (channel.kind) {
    case 'in-app':
      return { state: 'delivered', dueAt: null };
    case 'web-push':
      return { state: 'due', dueAt: after(now, Math.min(channel.delaySeconds * SECOND_MS, Math.floor((expiresAt.getTime() - now.getTime()) * MOST_OF_ITS_TIME))) };
    default:
      return assertNever(channel.kind);
  }
}

export type Failure =
  | 'no-channel' | 'unreadable' | 'push-off' | 'gone' | 'not-allowed' | 'timeout' | 'unreachable' | 'refused' | 'too-many' | 'service-error';

type ClaimStep = { readonly kind: 'leave' } | { readonly kind: 'expire' } | { readonly kind: 'fail'; readonly failure: Failure } | { readonly kind: 'send'; readonly channelId: string };

/** What to do with a notification somebody looks at. */
export function claimStep(row: Notification, now: Date): ClaimStep {
  if (!row.dueAt || row.dueAt > now) return { kind: 'leave' };
  // TTL is whole seconds: less than one left is nothing left.
  if (ttlSeconds(row.expiresAt, now) < 1) return { kind: 'expire' };
  if (row.channelId === null) return { kind: 'fail', failure: 'no-channel' };
  return { kind: 'send', channelId: row.channelId };
}

/** How long the push service shall keep it for a device that is away (RFC 8030 §5.2). */
export function ttlSeconds(expiresAt: Date, now: Date): number {
  return Math.max(0, Math.floor((expiresAt.getTime() - now.getTime()) / SECOND_MS));
}

/** What became of one try. */
export type TryOutcome =
  | { readonly kind: 'delivered' }
  /** The subscription does not exist any more. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'try-later'; readonly failure: Failure; readonly waitMs: number }
  | { readonly kind: 'refused'; readonly failure: Failure };

/** A push service's answer (RFC 8030 §5, §7.3, §8.4): 201 accepted, 404 and 410 gone, 429 and 5xx later, anything else never. */
export function outcomeOf(status: number, retryAfterMs: number | null): TryOutcome {
  if (status >= 200 && status < 300) return { kind: 'delivered' };
  if (status === 404 || status === 410) return { kind: 'gone' };
  if (status === 429) return { kind: 'try-later', failure: 'too-many', waitMs: retryAfterMs ?? 0 };
  if (status >= 500) return { kind: 'try-later', failure: 'service-error', waitMs: retryAfterMs ?? 0 };
  return { kind: 'refused', failure: 'refused' };
}

const FIRST_WAIT_MS = 1 * SECOND_MS;
const LONGEST_WAIT_MS = 30 * SECOND_MS;

type AfterTry =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'retry'; readonly dueAt: Date; readonly failure: Failure }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** `attempts` counts the try that has just been made. A retry that would come too late is not made. */
export function afterTry(outcome: TryOutcome, attempts: number, expiresAt: Date, now: Date): AfterTry {
  switch (outcome.kind) {
    case 'delivered':
    case 'gone':
      return outcome;
    case 'refused':
      return { kind: 'failed', failure: outcome.failure };
    case 'try-later': {
      const backOffMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempts - 1));
      const dueAt = after(now, Math.max(backOffMs, outcome.waitMs));
      if (ttlSeconds(expiresAt, dueAt) < 1) return { kind: 'failed', failure: outcome.failure };
      return { kind: 'retry', dueAt, failure: outcome.failure };
    }
    default:
      return assertNever(outcome);
  }
}

/** `Retry-After` is seconds or a date (RFC 9110 §10.2.3); null when it is neither. */
export function retryAfterMs(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header)) return Number(header) * SECOND_MS;
  // Date.parse reads more than dates; HTTP's begin with the day of the week.
  const at = /^[A-Z][a-z]+, /.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}

/** At most 32 characters of base64url (RFC 8030 §5.4): the hexadecimal digits of the subject's id are just that many. */
export function topicOf(subjectId: string): string {
  return subjectId.replaceAll('-', '');
}
