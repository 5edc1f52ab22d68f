import { useEffect } from 'react';
import { play, useRinging, useSound } from '../parts/sound.js';

const AGAIN_MS = 3_500;
const VIBRATION_MS = [300, 150, 300];

// Before the first tap browsers refuse it, and say so in the console.
const vibrate = (pattern: number | number[]): void => {
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(pattern);
};

function ring(): void {
  play('arrived', 'phone');
  vibrate(VIBRATION_MS);
}

/** Asks for attention until it is unmounted: sound, vibration, and a screen that does not go dark. */
export function useAttention(): void {
  const { on } = useSound('peer');
  useRinging(on, ring, AGAIN_MS);
  useEffect(() => () => vibrate(0), []);
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    let over = false;
    // A lock is lost whenever the page is hidden.
    const hold = async (): Promise<void> => {
      if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
      lock = await navigator.wakeLock.request('screen').catch(() => undefined);
      if (over) await lock?.release();
    };
    void hold();
    const seen = (): void => void hold();
    document.addEventListener('visibilitychange', seen);
    return () => {
      over = true;
      document.removeEventListener('visibilitychange', seen);
      void lock?.release();
    };
  }, []);
}
