import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { LastReset, Me } from '../api/types.js';
import { language } from '../i18n.js';
import { dateAndTime } from '../time/format.js';
import { useNow } from '../time/now.js';
import styles from './shell.module.css';

const DOORS = new Set(['peer', 'supervisor', 'supervisor-lead']);

/** On every page for a day: that somebody else reset how they sign in, who, and what is shut meanwhile. */
export function ResetBar({ me: { account, lastReset } }: { me: Me }): ReactElement | null {
  return lastReset ? <Bar reset={lastReset} shuts={account.roles.some((role) => DOORS.has(role))} /> : null;
}

function Bar({ reset, shuts }: { reset: LastReset; shuts: boolean }): ReactElement | null {
  const { t } = useTranslation();
  if (useNow() >= Date.parse(reset.opensAt)) return null;
  return (
    <section className={styles.resetBar} aria-label={t('reset.title')}>
      <p><strong><ResetWords reset={reset} /></strong> {t('reset.notYou')}</p>
      {shuts && <p>{t('reset.shut', { when: dateAndTime(new Date(reset.opensAt), language()) })}</p>}
    </section>
  );
}

/** Who reset what, and when. */
export function ResetWords({ reset: { what, by, at } }: { reset: LastReset }): ReactElement {
  const { t } = useTranslation();
  const when = dateAndTime(new Date(at), language());
  return <>{by === null ? t(`reset.onServer.${what}`, { at: when }) : t(`reset.what.${what}`, { name: by, at: when })}</>;
}
