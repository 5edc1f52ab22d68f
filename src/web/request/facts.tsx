import { useQuery } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { StaffRequestView } from '../../dispatch/contract.js';
import { queries } from '../api/queries.js';
import { language } from '../i18n.js';
import { useLabels } from '../parts/labels.js';
import { clockTime } from '../time/format.js';
import { serverNow } from '../time/now.js';
import styles from './request.module.css';

export function Facts({ request }: { request: StaffRequestView }): ReactElement {
  const { t } = useTranslation();
  const labels = useLabels();
  const { data: programmes = [] } = useQuery(queries.programmes());
  const at = (time: string): string => clockTime(new Date(time), new Date(serverNow()), language());
  const needs = (['experience', 'populations', 'skills'] as const).flatMap((kind) => request.needs[kind].map((code) => labels.of(kind, code)));
  const facts: [string, ReactNode][] = [
    [t('board.programme'), programmes.find((each) => each.id === request.programmeId)?.name ?? '–'],
    [t('intake.channel'), t(`channel.${request.channel}`)],
    [t('intake.contactKind'), t(`contactKind.${request.contactKind}`)],
    [t('intake.language'), labels.of('languages', request.language)],
    [t('request.area'), request.area ?? t('board.noArea')],
    [t('intake.forWhom'), t(`forWhom.${request.forWhom}`)],
    [t('intake.needs'), needs.length === 0 ? t('request.noNeeds') : needs.join(', ')],
    [t('request.acuity'), request.acuity === null ? t('request.noAcuity') : `${request.acuity} ${t(`acuity.${request.acuity}`)}`],
    [t('request.received'), <time key="received" dateTime={request.receivedAt}>{at(request.receivedAt)}</time>],
  ];
  if (request.notBefore !== null) facts.push([t('intake.notBefore'), <time key="planned" dateTime={request.notBefore}>{at(request.notBefore)}</time>]);
  if (request.needsClinician) facts.push([t('request.clinician'), t('answer.yes')]);
  if (request.externalRef !== null) facts.push([t('request.externalRef'), request.externalRef]);
  return (
    <section className={styles.section} aria-labelledby="facts-title">
      <h2 id="facts-title">{t('request.facts')}</h2>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}
      </dl>
    </section>
  );
}
