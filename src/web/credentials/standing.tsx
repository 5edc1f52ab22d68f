import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { EligibilityView } from '../../eligibility/contract.js';
import { language } from '../i18n.js';
import { useLabels } from '../parts/labels.js';
import styles from './credentials.module.css';
import { lastDayWords } from './dates.js';
import { credentialQueries } from './queries.js';

/** Two answers for each programme of the peer: who may serve, and whose contacts may be billed. */
export function StandingOf({ personId }: { personId: string }): ReactElement {
  const { t } = useTranslation();
  const { data = [] } = useQuery(credentialQueries.eligibility(personId));
  return (
    <section aria-label={t('credentials.staff.standing')}>
      <h3>{t('credentials.staff.standing')}</h3>
      <p className={styles.quiet}>{t('credentials.staff.standingHelp')}</p>
      {data.map((each) => <Standing key={each.programmeId} eligibility={each} />)}
    </section>
  );
}

function Standing({ eligibility }: { eligibility: EligibilityView }): ReactElement {
  const { t } = useTranslation();
  const labels = useLabels();
  return (
    <div className={styles.programme}>
      <h3>{eligibility.programme}</h3>
      <p>{servesWords(eligibility)}</p>
      {eligibility.missing.length > 0 && (
        <ul>
          {eligibility.missing.map(({ code, acuity, endedAt }) => {
            const what = `${code === null ? t('credentials.own.anyCertification') : labels.of('credentials', code)}${acuity === null ? '' : ` (${t('credentials.own.forLevel', { level: t(`acuity.${acuity}`) })})`}`;
            return <li key={`${code} ${acuity}`}>{endedAt === null ? t('credentials.own.missing', { what }) : t('credentials.own.missingEnded', { what, date: lastDayWords(endedAt, language()) })}</li>;
          })}
        </ul>
      )}
      <p>{billsWords(eligibility)}</p>
    </div>
  );

  function servesWords({ eligible, acuities, missing, lastsUntil }: EligibilityView): string {
    if (!eligible) return t('credentials.staff.notEligible');
    if (missing.length > 0) return t('credentials.staff.eligibleLevels', { levels: acuities.map((acuity) => t(`acuity.${acuity}`)).join(', ') });
    return lastsUntil === null ? t('credentials.staff.eligible') : t('credentials.staff.eligibleUntil', { date: lastDayWords(lastsUntil, language()) });
  }

  function billsWords({ billing }: EligibilityView): string {
    if (!billing.billable) return t('credentials.staff.notBillable', { why: billing.missing.map((gap) => t(`credentials.own.gap.${gap}`)).join(', ') });
    return billing.lastsUntil === null ? t('credentials.staff.billable') : t('credentials.staff.billableUntil', { date: lastDayWords(billing.lastsUntil, language()) });
  }
}
