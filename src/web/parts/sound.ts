import { useEffect, useSyncExternalStore } from 'react';
import { useRemembered } from './remembered.js';

export type SoundKind = 'alarm' | 'arrived' | 'taken';

/** hertz, begins at, lasts (seconds). Falling for an alarm, rising for somebody who asks, one low tone when somebody has taken them. */
const TONES: Readonly<Record<SoundKind, readonly (readonly [number, number, number])[]>> = {
  alarm: [[784, 0, 0.18], [587, 0.22, 0.24], [784, 0.6, 0.18], [587, 0.82, 0.3]],
  arrived: [[660, 0, 0.16], [880, 0.18, 0.28]],
  taken: [[523, 0, 0.2]],
};
/** Beside the ears of whoever sits there, or across the room from a phone on its table. */
const LOUDNESS = { desk: 0.08, phone: 0.2 } as const;
type Loudness = keyof typeof LOUDNESS;

/** `blocked`: the browser lets a page be heard only after a key or a tap. `none`: this browser has no sound. */
type SoundState = 'ready' | 'blocked' | 'none';

let context: AudioContext | null = null;
const listeners = new Set<() => void>();
const tell = (): void => listeners.forEach((listener) => listener());
const stateNow = (): SoundState => (typeof AudioContext === 'undefined' ? 'none' : context?.state === 'running' ? 'ready' : 'blocked');

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Asks for sound now and at each key or tap until it is granted. */
function awaitSound(): () => void {
  if (typeof AudioContext === 'undefined') return () => undefined;
  context ??= new AudioContext();
  const ours = context;
  const ask = (): void => {
    if (ours.state !== 'running') void ours.resume().then(tell, () => undefined);
  };
  ours.addEventListener('statechange', tell);
  for (const type of ['pointerdown', 'keydown']) window.addEventListener(type, ask, { capture: true });
  ask();
  tell();
  return () => {
    ours.removeEventListener('statechange', tell);
    for (const type of ['pointerdown', 'keydown']) window.removeEventListener(type, ask, { capture: true });
  };
}

/** For a page that may sound, as long as it is open. */
export function useAwaitSound(): void {
  useEffect(awaitSound, []);
}

export function play(kind: SoundKind, loudness: Loudness): void {
  if (context?.state !== 'running') return;
  for (const [hertz, begins, lasts] of TONES[kind]) {
    const tone = context.createOscillator();
    const volume = context.createGain();
    const from = context.currentTime + begins;
    tone.type = 'sine';
    tone.frequency.value = hertz;
    volume.gain.setValueAtTime(0, from);
    volume.gain.linearRampToValueAtTime(LOUDNESS[loudness], from + 0.02);
    volume.gain.linearRampToValueAtTime(0, from + lasts);
    tone.connect(volume).connect(context.destination);
    tone.start(from);
    tone.stop(from + lasts + 0.05);
  }
}

export interface SoundSwitch {
  readonly on: boolean;
  /** Whether this page may sound at all yet. */
  readonly state: SoundState;
  /** Whoever switches it on hears at once what it sounds like. */
  turn(on: boolean): void;
}

/** The desk and the supervisors share a switch on this device; a peer's phone has its own. */
const SWITCHES = {
  desk: { remembered: 'pd.sound', sample: 'arrived', loudness: 'desk' },
  supervisor: { remembered: 'pd.sound', sample: 'alarm', loudness: 'phone' },
  peer: { remembered: 'pd.peer-sound', sample: 'arrived', loudness: 'phone' },
} as const satisfies Record<string, { remembered: string; sample: SoundKind; loudness: Loudness }>;

export function useSound(whose: keyof typeof SWITCHES): SoundSwitch {
  const { remembered, sample, loudness } = SWITCHES[whose];
  const [value, remember] = useRemembered(remembered, 'on');
  const state = useSyncExternalStore(subscribe, stateNow);
  const turn = (on: boolean): void => {
    remember(on ? 'on' : 'off');
    if (on) play(sample, loudness);
  };
  return { on: value === 'on', state, turn };
}

/** Calls `ring` after `firstMs`, then again and again while `ringing`; `ring` must be the same function each time. */
export function useRinging(ringing: boolean, ring: () => void, everyMs: number, firstMs = 0): void {
  useEffect(() => {
    if (!ringing) return undefined;
    let timer = setTimeout(again, firstMs);
    function again(): void {
      ring();
      timer = setTimeout(again, everyMs);
    }
    return () => clearTimeout(timer);
  }, [ringing, ring, everyMs, firstMs]);
}
