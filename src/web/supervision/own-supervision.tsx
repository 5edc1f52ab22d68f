import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { MyDebriefView } from '../../supervision/day.contract.js';
import type { RelationView } from '../../supervision/relations.contract.js';
import { useAction } from '../api/actions.js';
import { queries } from '../api/queries.js';
import { useLabels } from '../parts/labels.js';
import { ProblemNote } from '../parts/problem-note.js';
import { OneOf } from '../parts/tokens.js';
import { OwnPage } from '../peer/own-page.js';
import peer from '../peer/peer.module.css';
import { dayAndTime } from './dates.js';
import { PastSession } from './peer-page.js';
import { Dues, Figures } from './peers-page.js';
import { supervisionQueries } from './queries.js';
import styles from './supervision.module.css';

/** A peer's own: who stands behind them, what is planned, what was written, and what they would like to talk through. */
export function OwnSupervision(): ReactElement {
  const { t } = useTranslation();
  const { data, error } = useQuery(supervisionQueries.mine());
  const { data: duty } = useQuery(queries.duty());
  const labels = useLabels();
  if (!data) return <OwnPage title={t('mySupervision.title')}>{error ? <ProblemNote fault={error} /> : <p aria-busy="true">{t('page.loading')}</p>}</OwnPage>;
  return (
    <OwnPage title={t('mySupervision.title')}>
      {data.waitsForContact && <p>{t('mySupervision.waits')}</p>}
      {data.debriefs.map((debrief) => <Debrief key={debrief.id} debrief={debrief} />)}
      <h2 className={peer.section}>{t('mySupervision.behind')}</h2>
      {data.supervisors.length === 0 && <p>{t('mySupervision.nobody')}</p>}
      {data.supervisors.map((relation) => <Behind key={relation.id} relation={relation} />)}
      <h2 className={peer.section}>{t('mySupervision.upcoming')}</h2>
      {data.upcoming.length === 0 && <p>{t('mySupervision.noneUpcoming')}</p>}
      <ul className={styles.list}>
        {data.upcoming.map(({ id, track, topics, supervisorName, plannedAt }) => (
          <li key={id} className={styles.line}>
            <strong>{t(`track.${track}`)}</strong>
            <span className={styles.facts}>{t('mySupervision.with', { name: supervisorName, time: dayAndTime(plannedAt) })}</span>
            {topics.length > 0 && <span className={styles.facts}>{topics.map((code) => labels.of('supervisionTopics', code)).join(', ')}</span>}
          </li>
        ))}
      </ul>
      <h2 className={peer.section}>{t('mySupervision.next')}</h2>
      <Dues dues={data.dues} />
      <h2 className={peer.section}>{t('mySupervision.figures.title')}</h2>
      <p><Figures exposure={data.exposure} onDuty={(duty?.peer ?? null) !== null} /></p>
      <h2 className={peer.section}>{t('mySupervision.past')}</h2>
      <Past />
    </OwnPage>
  );
}

function Behind({ relation: { id, kind, supervisorName, standing, effectiveAt, endsAt } }: { relation: RelationView }): ReactElement {
  const { t } = useTranslation();
  const { mutate, isPending, error } = useAction(() => ({ path: `/me/supervisors/${id}/agree` }));
  if (standing !== 'waiting') {
    return <p>{t(`mySupervision.${kind}`, { name: supervisorName })}{endsAt !== null && ` ${t('mySupervision.until', { time: dayAndTime(endsAt) })}`}</p>;
  }
  return (
    <section className={styles.card} aria-label={t(`mySupervision.new.${kind}`, { name: supervisorName })}>
      <p><strong>{t(`mySupervision.new.${kind}`, { name: supervisorName })}</strong></p>
      <p>{t('mySupervision.new.from', { time: dayAndTime(effectiveAt) })}</p>
      <ProblemNote fault={error} />
      <Button h={44} loading={isPending} onClick={() => mutate()}>{t('mySupervision.new.agree')}</Button>
    </section>
  );
}

const ANSWERS = ['yes', 'later', 'no'] as const;

function Debrief({ debrief: { id, answer } }: { debrief: MyDebriefView }): ReactElement {
  const { t } = useTranslation();
  const put = useAction<unknown, (typeof ANSWERS)[number]>((said) => ({ method: 'PUT', path: `/me/debriefs/${id}`, body: { answer: said } }));
  return (
    <section className={styles.card} aria-label={t('mySupervision.debrief.title')}>
      <p><strong>{t('mySupervision.debrief.title')}</strong></p>
      <OneOf big label={t('mySupervision.debrief.ask')} options={ANSWERS.map((value) => ({ value, label: t(`mySupervision.debrief.${value}`) }))} chosen={answer} onChange={(said) => put.mutate(said)} hint={t('mySupervision.debrief.free')} />
      <ProblemNote fault={put.error} />
    </section>
  );
}

function Past(): ReactElement {
  const { t } = useTranslation();
  const { data, error } = useQuery(supervisionQueries.myPast());
  if (!data) return error ? <ProblemNote fault={error} /> : <p aria-busy="true">{t('page.loading')}</p>;
  if (data.length === 0) return <p>{t('mySupervision.nonePast')}</p>;
  return (
    <>
      <p className="pd-dim">{t('mySupervision.notes.whose')}</p>
      <ul className={styles.list}>{data.map((session) => <PastSession key={session.id} session={session} path={`/me/supervision/sessions/${session.id}/notes`} />)}</ul>
    </>
  );
}
