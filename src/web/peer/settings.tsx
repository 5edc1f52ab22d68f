import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { InstallHint, Notifying, usePush } from '../notify/notifying.js';
import { OwnChannels } from '../notify/own-channels.js';
import { play, useSound } from '../parts/sound.js';
import { OwnPage } from './own-page.js';
import styles from './peer.module.css';
import { SoundLine } from './waiting.js';

/** How this phone gets their attention. */
export function Settings(): ReactElement {
  const { t } = useTranslation();
  const { state } = usePush();
  const { on } = useSound('peer');
  return (
    <OwnPage title={t('peerSettings.title')}>
      <h2 className={styles.section}>{t('notify.title')}</h2>
      {state === 'on' ? <p>{t('notify.isOn')} {t('notify.never')}</p> : <Notifying onDuty={false} />}
      <div className={styles.fields}><OwnChannels /></div>
      <h2 className={styles.section}>{t('chime.title')}</h2>
      <SoundLine />
      <Button variant="default" size="md" disabled={!on} onClick={() => play('arrived', 'phone')}>{t('chime.try')}</Button>
      <InstallHint />
    </OwnPage>
  );
}
