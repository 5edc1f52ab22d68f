import { assertNever } from '../../platform/errors.js';

export const SPEEDS = [1, 4] as const;
export type Speed = (typeof SPEEDS)[number];
const END_REASONS = ['finished', 'stopped', 'runner-gone'] as const;
export type EveningEnd = (typeof END_REASONS)[number];

export interface Evening {
  readonly id: string;
  readonly speed: Speed;
  readonly seed: number;
  readonly startedBy: string;
  /** Whose account takes the requests in. */
  readonly deskAccountId: string;
  readonly startedAt: Date;
  /** The process that plays it; null until the first one that works has found it. */
  readonly runner: string | null;
  /** Until then nobody else may think that the process has gone. */
  readonly leaseUntil: Date;
  readonly nextAt: Date;
  readonly closingAt: Date | null;
  readonly endedAt: Date | null;
  readonly endReason: EveningEnd | null;
}

const SECOND_MS = 1_000;
/** Long enough for a process that is busy, short enough that a dead one's evening is cleared away while somebody looks. */
export const LEASE_MS = 30 * SECOND_MS;
/** How often an evening is looked at, as often as the sweep comes round. */
export const BEAT_MS = 2 * SECOND_MS;
const CHECK_IN_EVERY_MS = 3 * SECOND_MS;

/** What a process does with an evening it finds due. */
export type Turn = 'play' | 'close' | 'leave-be' | 'close-for-a-gone-runner';

/** One process plays and clears away, alone; when it has gone another one clears away, and nobody plays on. */
export function turnOf(evening: Evening, runner: string, now: Date): Turn {
  if (evening.endedAt) return 'leave-be';
  const mine = evening.runner === null || evening.runner === runner;
  if (!mine && evening.leaseUntil > now) return 'leave-be';
  if (evening.closingAt) return 'close';
  return mine ? 'play' : 'close-for-a-gone-runner';
}

/** Milliseconds of the evening's own time. */
export function playedMs(evening: Pick<Evening, 'startedAt' | 'speed'>, now: Date): number {
  return (now.getTime() - evening.startedAt.getTime()) * evening.speed;
}

/** Positions of what has come by now and has not been taken in. */
export function arrived(plan: readonly { readonly atSeconds: number }[], taken: ReadonlySet<number>, atMs: number): number[] {
  return plan.flatMap(({ atSeconds }, position) => (atSeconds * SECOND_MS <= atMs && !taken.has(position) ? [position] : []));
}

/** One simulated peer after the other comes on duty, so that it can be watched. */
export function comesOnDutyAtMs(position: number): number {
  return position * CHECK_IN_EVERY_MS;
}

/** Over when its time has run out, or when everything came and nothing is open any more. */
export function isOver(atMs: number, lengths: { readonly lengthSeconds: number; readonly windDownSeconds: number }, open: number): boolean {
  if (atMs >= (lengths.lengthSeconds + lengths.windDownSeconds) * SECOND_MS) return true;
  return atMs >= lengths.lengthSeconds * SECOND_MS && open === 0;
}

/** A number from 0 up to 1 that is always the same for the same seed and words (FNV-1a, then mixed as in MurmurHash3). */
export function roll(seed: number, ...words: readonly (string | number)[]): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (const character of words.join('/')) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35) >>> 0;
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

const between = (fromS: number, toS: number, at: number): number => (fromS + (toS - fromS) * at) * SECOND_MS;

type ActOnOffer = 'accept' | 'decline' | 'wait';

/** Most say yes after a moment, some say not now, and a few are not looking at their phone. */
export function actOnOffer(seed: number, words: readonly (string | number)[], askedMs: number): ActOnOffer {
  if (askedMs < between(4, 18, roll(seed, ...words, 'after'))) return 'wait';
  const mood = roll(seed, ...words, 'mood');
  if (mood < 0.1) return 'wait';
  return mood < 0.22 ? 'decline' : 'accept';
}

export type Stage =
  | { readonly kind: 'accepted'; readonly forMs: number }
  | { readonly kind: 'in-contact'; readonly forMs: number; readonly askedAdvice: boolean }
  /** A supervisor said that help arrived; the close-out is still to be written. */
  | { readonly kind: 'to-close-out' };

type ActOnContact = 'contact-made' | 'hand-back' | 'ask-advice' | 'close-out' | 'wait';

/** Contact within the minute, now and then handed back instead; a talk of a minute or two, in which some ask for advice. */
export function actOnContact(seed: number, words: readonly (string | number)[], stage: Stage): ActOnContact {
  switch (stage.kind) {
    case 'accepted':
      if (stage.forMs < between(6, 40, roll(seed, ...words, 'contact'))) return 'wait';
      return roll(seed, ...words, 'hand-back') < 0.06 ? 'hand-back' : 'contact-made';
    case 'in-contact':
      if (stage.forMs >= between(55, 150, roll(seed, ...words, 'talk'))) return 'close-out';
      return !stage.askedAdvice && stage.forMs >= 20 * SECOND_MS && roll(seed, ...words, 'advice') < 0.1 ? 'ask-advice' : 'wait';
    case 'to-close-out':
      return 'close-out';
    default:
      return assertNever(stage);
  }
}

interface Ending {
  readonly outcome: 'supported' | 'referred' | 'handed-off' | 'no-contact';
  readonly intensity: 'calm' | 'hard';
}

export function endingOf(seed: number, words: readonly (string | number)[]): Ending {
  const at = roll(seed, ...words, 'outcome');
  const outcome = at < 0.7 ? 'supported' : at < 0.88 ? 'referred' : at < 0.94 ? 'handed-off' : 'no-contact';
  return { outcome, intensity: roll(seed, ...words, 'intensity') < 0.8 ? 'calm' : 'hard' };
}

/** A check-in takes no longer than this; a duty that begins later is not the one that was cut off. */
const CHECK_IN_MS = 10 * SECOND_MS;

/**
 * Whether a duty is still the one the evening opened: whoever signs in and changes it has made it their own, and whoever
 * checked in before the evening's peer was due never played. No version: the check-in was begun and its end not noted.
 */
export function isOurs(duty: { readonly since: Date; readonly version: number } | null, opened: { readonly dutySince: Date | null; readonly dutyVersion: number | null }): boolean {
  if (!duty || opened.dutySince === null) return false;
  const lateMs = duty.since.getTime() - opened.dutySince.getTime();
  if (opened.dutyVersion === null) return lateMs >= 0 && lateMs < CHECK_IN_MS && duty.version === 1;
  return duty.version === opened.dutyVersion && lateMs === 0;
}
