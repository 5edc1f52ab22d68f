import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { language } from '../i18n.js';
import { Icon } from '../parts/icons.js';
import { useSound } from '../parts/sound.js';
import { clockTime } from '../time/format.js';
import { serverNow } from '../time/now.js';
import styles from './board.module.css';
import { useLastHeard } from './last-heard.js';

/** Remembered on this device. */
export function SoundSwitch(): ReactElement | null {
  const { t } = useTranslation();
  const { on, state, turn } = useSound('desk');
  if (state === 'none') return null;
  const now = !on ? 'off' : state === 'blocked' ? 'blocked' : 'on';
  return (
    <button
      type="button" className={styles.sound} aria-pressed={on} data-blocked={(on && state === 'blocked') || undefined} title={t(`sound.${now}Help`)}
      onClick={() => turn(!on)}
    >
      <Icon name={on ? 'sound' : 'silent'} />
      <span>{t(`sound.${now}`)}</span>
    </button>
  );
}

/** What was last heard, or would have been. */
export function LastHeard(): ReactElement {
  const { t } = useTranslation();
  const heard = useLastHeard();
  return (
    <p className={styles.heard} role="status">
      {heard && (
        <>
          {t(heard.number === null ? `heard.${heard.kind}` : `heard.${heard.kind}Number`, { number: heard.number })}{' '}
          <time dateTime={new Date(heard.at).toISOString()}>{clockTime(new Date(heard.at), new Date(serverNow()), language())}</time>
        </>
      )}
    </p>
  );
}
