import { useQueries, useQuery } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { StaffRequestView } from '../../dispatch/contract.js';
import { queries } from '../api/queries.js';
import type { Programme } from '../api/types.js';
import { credentialQueries } from '../credentials/queries.js';
import { language } from '../i18n.js';
import { useLabels } from '../parts/labels.js';
import { clockTime } from '../time/format.js';
import { serverNow } from '../time/now.js';
import { zonedClock } from '../time/zoned.js';
import styles from './request.module.css';

export function Facts({ request }: { request: StaffRequestView }): ReactElement {
  const { t } = useTranslation();
  const labels = useLabels();
  const { data: programmes = [] } = useQuery(queries.programmes());
  const programme = programmes.find((each) => each.id === request.programmeId);
  const at = (time: string): ReactElement => <time dateTime={time}>{clockTime(new Date(time), new Date(serverNow()), language())}</time>;
  const needs = (['experience', 'populations', 'skills'] as const).flatMap((kind) => request.needs[kind].map((code) => labels.of(kind, code)));
  const facts: [string, ReactNode][] = [
    [t('board.programme'), programme?.name ?? '–'],
    [t('intake.channel'), t(`channel.${request.channel}`)],
    [t('intake.contactKind'), t(`contactKind.${request.contactKind}`)],
    ...(request.contactKind === 'in-person' && programme?.inPersonRule ? [[t('request.goingThere'), t(`request.goingRule.${programme.inPersonRule}`)] as [string, ReactNode]] : []),
    [t('intake.language'), labels.of('languages', request.language)],
    [t('request.area'), request.area ?? t('board.noArea')],
    [t('intake.forWhom'), t(`forWhom.${request.forWhom}`)],
    [t('intake.needs'), needs.length === 0 ? t('request.noNeeds') : needs.join(', ')],
  ];
  if (request.preferences.length > 0) facts.push([t('intake.preferences'), <Preferences key="preferences" preferences={request.preferences} />]);
  facts.push([t('request.acuity'), request.acuity === null ? t('request.noAcuity') : `${request.acuity} ${t(`acuity.${request.acuity}`)}`]);
  facts.push([t('request.received'), at(request.receivedAt)]);
  if (request.notBefore !== null) facts.push([t('intake.notBefore'), <Planned key="planned" at={request.notBefore} programme={programme} />]);
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

function Preferences({ preferences }: { preferences: StaffRequestView['preferences'] }): ReactElement {
  const { t } = useTranslation();
  const labels = useLabels();
  const peers = useQueries({ queries: preferences.filter(({ kind }) => kind === 'same-peer').map(({ value }) => credentialQueries.peer(value)) });
  const named = (value: string): string => peers.find(({ data }) => data?.id === value)?.data?.name ?? t('preference.same-peer');
  const whom = ({ kind, value }: StaffRequestView['preferences'][number]): string =>
    kind === 'gender' ? labels.of('genders', value) : kind === 'language' ? labels.of('languages', value) : named(value);
  return <>{preferences.map((preference) => `${whom(preference)} (${t(`strength.${preference.strength}`)})`).join(', ')}</>;
}

/** In the programme's own time; the reader's beside it when that is another. */
function Planned({ at, programme }: { at: string; programme: Programme | undefined }): ReactElement {
  const { t } = useTranslation();
  const moment = new Date(at);
  const here = clockTime(moment, new Date(serverNow()), language());
  const there = programme ? zonedClock(moment, new Date(serverNow()), programme.timeZone, language()) : here;
  return <><time dateTime={at}>{there}</time>{here !== there && <span className="pd-dim"> · {t('request.yourTime', { time: here })}</span>}</>;
}
