import type { FieldError } from '../../platform/errors.js';
import type { ChannelKind } from './notification.js';

export const CHANNEL_KINDS = ['in-app', 'web-push'] as const satisfies readonly ChannelKind[];
/** Nobody is told later than this, nor after more than a third of the time there is to answer: an offer may stand for 15 seconds. */
export const MOST_DELAY_SECONDS = 20;

export interface ChannelPreference {
  readonly kind: ChannelKind;
  /** Told over this only when nobody answered for so long. */
  readonly delaySeconds: number;
}

/** Every kind in the person's order; what they said nothing of comes after, at once. */
export function inOrder(preferences: readonly ChannelPreference[]): ChannelPreference[] {
  const said = new Set(preferences.map(({ kind }) => kind));
  return [...preferences, ...CHANNEL_KINDS.filter((kind) => !said.has(kind)).map((kind) => ({ kind, delaySeconds: 0 }))];
}

/** What is wrong with the order somebody asks for; nothing: it can be kept. */
export function preferenceFaults(preferences: readonly ChannelPreference[]): FieldError[] {
  return preferences.flatMap(({ kind, delaySeconds }, index): FieldError[] => {
    const faults: FieldError[] = [];
    if (preferences.findIndex((other) => other.kind === kind) < index) faults.push({ field: `channels.${index}.kind`, code: 'duplicate', message: 'Each kind once.' });
    if (kind === 'in-app' && delaySeconds > 0) faults.push({ field: `channels.${index}.delaySeconds`, code: 'always-at-once', message: 'The app tells at once.' });
    return faults;
  });
}
