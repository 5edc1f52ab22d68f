import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CredentialView } from '../../peers/credentials.contract.js';
import { language } from '../i18n.js';
import { useLabels } from '../parts/labels.js';
import { dayWords, figure, lastDayWords } from './dates.js';
import styles from './credentials.module.css';

/** One credential in words: what it is, from when until when, and who stands behind it. */
export function CredentialLine({ credential, children }: { credential: CredentialView; children?: ReactNode }): ReactElement {
  const { t } = useTranslation();
  const labels = useLabels();
  const { issuer, state, result, attested, hours, ceHours, continuingEducation: ce } = credential;
  const facts = [
    t(`credentials.class.${credential.credentialClass}`), result && t(`credentials.result.${result}`), issuer, state, attested && t('credentials.line.attested'),
    t('credentials.line.from', { date: dayWords(credential.issuedOn, language()) }),
    hours !== null && t('credentials.line.hours', { count: hours, hours: figure(hours, language()) }), ceHours !== null && t('credentials.line.ceHours', { hours: figure(ceHours, language()) }),
  ].filter((fact) => typeof fact === 'string' && fact !== '');
  return (
    <li className={styles.line}>
      <span className={styles.name}>{labels.of('credentials', credential.code)}</span>
      <span className={styles.until}><Until credential={credential} /></span>
      <span className={styles.facts}>{facts.join(' · ')}</span>
      {ce && credential.standing === 'in-date' && (
        <span className={styles.ce}>
          <span className={styles.bar} aria-hidden="true"><span style={{ inlineSize: `${Math.min(100, (100 * ce.done) / ce.needed)}%` }} /></span>
          <span>{t('credentials.line.ce', { done: figure(ce.done, language()), needed: figure(ce.needed, language()), date: lastDayWords(ce.until, language()) })}</span>
        </span>
      )}
      {children}
    </li>
  );
}

function Until({ credential: { standing, expiresAt, renewed } }: { credential: CredentialView }): string {
  const { t } = useTranslation();
  const date = expiresAt === null ? '' : lastDayWords(expiresAt, language());
  if (standing === 'revoked') return t('credentials.line.revoked');
  if (standing === 'expired') return [t('credentials.line.ended', { date }), renewed ? t('credentials.line.renewed') : ''].filter(Boolean).join(' · ');
  return expiresAt === null ? t('credentials.line.noEnd') : t('credentials.line.until', { date });
}
