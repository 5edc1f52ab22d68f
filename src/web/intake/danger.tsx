import { Button } from '@mantine/core';
import { useEffect, useRef, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './intake.module.css';

/** The moment danger is answered with yes: one more key sends it and shows what to say. Everything else can follow later. */
export function Danger({ onSend, sending }: { onSend: () => void; sending: boolean }): ReactElement {
  const { t } = useTranslation();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <div className={styles.danger} role="alert">
      <p><strong>{t('intake.danger')}</strong> {t('intake.dangerHelp')}</p>
      <Button ref={button} color="red.7" loading={sending} onClick={onSend}>{t('intake.dangerSend')}</Button>
    </div>
  );
}
