import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { EligibilityView } from '../../eligibility/contract.js';
import type { CredentialView } from '../../peers/credentials.contract.js';
import { language } from '../i18n.js';
import { useLabels } from '../parts/labels.js';
import { ProblemNote } from '../parts/problem-note.js';
import { OwnPage } from '../peer/own-page.js';
import peer from '../peer/peer.module.css';
import { serverNow } from '../time/now.js';
import { CredentialLine } from './credential-line.js';
import styles from './credentials.module.css';
import { daysLeft, lastDayWords } from './dates.js';
import { credentialQueries } from './queries.js';

const SOON_DAYS = 90;

/** What a peer holds, what ends, and what their programmes ask. */
export function OwnCredentials(): ReactElement {
  const { t } = useTranslation();
  const [held, asks] = [useQuery(credentialQueries.mine()), useQuery(credentialQueries.myEligibility())];
  const error = held.error ?? asks.error;
  const loaded = held.data && asks.data;
  return (
    <OwnPage title={t('credentials.own.title')}>
      <p>{t('credentials.own.help')}</p>
      {!loaded && (error ? <ProblemNote fault={error} /> : <p aria-busy="true">{t('page.loading')}</p>)}
      {loaded && (
        <>
          <h2 className={peer.section}>{t('credentials.own.asksTitle')}</h2>
          {asks.data.map((each) => <Asked key={each.programmeId} eligibility={each} />)}
          <Held credentials={held.data} />
        </>
      )}
    </OwnPage>
  );
}

function Held({ credentials }: { credentials: readonly CredentialView[] }): ReactElement {
  const { t } = useTranslation();
  if (credentials.length === 0) return <p>{t('credentials.own.none')}</p>;
  const inDate = credentials.filter(({ standing }) => standing === 'in-date');
  const soon = inDate.filter(({ expiresAt, renewed }) => expiresAt !== null && !renewed && daysLeft(expiresAt, serverNow()) < SOON_DAYS);
  return (
    <>
      <Group title={t('credentials.own.soonTitle')} help={t('credentials.own.soonHelp')} credentials={soon} />
      <Group title={t('credentials.own.heldTitle')} credentials={inDate.filter((each) => !soon.includes(each))} />
      <Group title={t('credentials.own.overTitle')} credentials={credentials.filter(({ standing }) => standing !== 'in-date')} />
    </>
  );
}

function Group({ title, help, credentials }: { title: string; help?: string; credentials: readonly CredentialView[] }): ReactElement | null {
  if (credentials.length === 0) return null;
  return (
    <>
      <h2 className={peer.section}>{title}</h2>
      {help !== undefined && <p className={styles.quiet}>{help}</p>}
      <ul className={styles.list}>{credentials.map((each) => <CredentialLine key={each.id} credential={each} />)}</ul>
    </>
  );
}

function Asked({ eligibility }: { eligibility: EligibilityView }): ReactElement {
  const { t } = useTranslation();
  const labels = useLabels();
  const what = (code: string | null): string => (code === null ? t('credentials.own.anyCertification') : labels.of('credentials', code));
  const { billing } = eligibility;
  const asked = [...eligibility.asked.map(what), ...(eligibility.certificationAsked ? [what(null)] : [])];
  const why = billing.missing.map((gap) => t(`credentials.own.gap.${gap}`)).join(', ');
  return (
    <section className={styles.programme} aria-label={eligibility.programme}>
      <h3>{eligibility.programme}</h3>
      <p className={styles.quiet}>{asked.length === 0 ? t('credentials.own.asksNothing') : t('credentials.own.asks', { what: asked.join(', ') })}</p>
      <Serving eligibility={eligibility} what={what} />
      <p className={styles.quiet}>
        {!billing.billable ? t('credentials.own.notBillable', { why })
          : billing.lastsUntil === null ? t('credentials.own.billable') : t('credentials.own.billableUntil', { date: lastDayWords(billing.lastsUntil, language()) })}
      </p>
    </section>
  );
}

function Serving({ eligibility: { eligible, missing, acuities, lastsUntil }, what }: { eligibility: EligibilityView; what: (code: string | null) => string }): ReactElement {
  const { t } = useTranslation();
  if (missing.length === 0) return <p>{lastsUntil === null ? t('credentials.own.has') : t('credentials.own.hasUntil', { date: lastDayWords(lastsUntil, language()) })}</p>;
  const levels = acuities.map((acuity) => t(`acuity.${acuity}`)).join(', ');
  return (
    <div className={eligible ? undefined : styles.lacks}>
      <p>{eligible ? t('credentials.own.lacksLevels', { levels }) : t('credentials.own.lacks')}</p>
      <ul>
        {missing.map(({ code, acuity, endedAt }) => {
          const name = `${what(code)}${acuity === null ? '' : ` (${t('credentials.own.forLevel', { level: t(`acuity.${acuity}`) })})`}`;
          return <li key={`${code} ${acuity}`}>{endedAt === null ? t('credentials.own.missing', { what: name }) : t('credentials.own.missingEnded', { what: name, date: lastDayWords(endedAt, language()) })}</li>;
        })}
      </ul>
    </div>
  );
}
