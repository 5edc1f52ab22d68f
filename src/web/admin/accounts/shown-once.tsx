import { Button } from '@mantine/core';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import parts from '../page-parts.module.css';
import styles from './accounts.module.css';

/** A secret that is shown this once, to be handed on by who sees it. Copying is offered where the browser allows it. */
export function ShownOnce({ title, help, secret, onClose }: { title: string; help: string; secret: string; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    box.current?.focus();
  }, []);
  const copy = (): void => void navigator.clipboard?.writeText(secret).then(() => setCopied(true), () => undefined);
  return (
    <section ref={box} className={styles.link} aria-label={title} tabIndex={-1} data-sealed>
      <h2>{title}</h2>
      <p>{help}</p>
      <output translate="no">{secret}</output>
      <div className={parts.buttons}>
        {window.isSecureContext && <Button onClick={copy}>{t(copied ? 'accounts.copied' : 'accounts.copy')}</Button>}
        <Button variant="default" onClick={onClose}>{t('accounts.handedOn')}</Button>
      </div>
    </section>
  );
}
