import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgreementView, TermsView } from '../../wellness/contract.js';
import { language } from '../i18n.js';
import { dateAndTime } from '../time/format.js';
import styles from './wellness.module.css';

/** Day and time as the reader's own clock has them. */
export function momentWords(at: string): string {
  return dateAndTime(new Date(at), language());
}

export function dayWords(at: string): string {
  return new Intl.DateTimeFormat(language(), { dateStyle: 'long' }).format(new Date(at));
}

/** What is limited, in a line. */
function Terms({ terms }: { terms: TermsView | null }): string {
  const { t } = useTranslation();
  if (!terms) return t('wellness.terms.leave');
  const said = [
    terms.contactKinds && terms.contactKinds.map((kind) => t(`contactKind.${kind}`)).join(', '),
    terms.maxAcuity !== null && terms.maxAcuity > 1 && t('wellness.terms.acuity', { acuity: t(`acuity.${terms.maxAcuity as 2 | 3 | 4}`) }),
    terms.buddyOnly && t('wellness.terms.buddy'), terms.noNights && t('wellness.terms.noNights'), terms.hoursAWeek !== null && t('wellness.terms.hours', { count: terms.hoursAWeek }),
  ].filter((part) => typeof part === 'string' && part !== '');
  return said.length > 0 ? said.join(' · ') : t('wellness.terms.none');
}

export function AgreementLine({ agreement }: { agreement: AgreementView }): ReactElement {
  const { t } = useTranslation();
  const { kind, position, standing, terms, days, setBy, dueAt, signedOffBy } = agreement;
  return (
    <>
      <strong>{kind === 'return' ? t('wellness.kind.returnStep', { position }) : t(`wellness.kind.${kind}`)}</strong> · {t(`wellness.standing.${standing}`)}
      <p><Terms terms={terms} /></p>
      <p className={styles.dim}>
        {[
          t('wellness.setBy', { name: setBy }), dueAt ? t('wellness.lookedAt', { date: dayWords(dueAt) }) : t('wellness.afterDays', { count: days }),
          signedOffBy ? t('wellness.signedOff', { name: signedOffBy }) : '',
        ].filter(Boolean).join(' · ')}
      </p>
    </>
  );
}
