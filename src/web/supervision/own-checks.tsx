import { Button, NumberInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../api/actions.js';
import { ProblemNote } from '../parts/problem-note.js';
import { OneOf } from '../parts/tokens.js';
import { OwnCheckForm } from '../peer/own-check.js';
import { OwnPage } from '../peer/own-page.js';
import peer from '../peer/peer.module.css';
import { dayAndTime } from './dates.js';
import { supervisionQueries } from './queries.js';
import styles from './supervision.module.css';

const KINDS = ['readiness', 'end-of-shift'] as const;
const SCALES = ['compassionSatisfaction', 'burnout', 'secondaryTrauma'] as const;
type Scores = Record<(typeof SCALES)[number], number | string>;
const EMPTY: Scores = { compassionSatisfaction: '', burnout: '', secondaryTrauma: '' };

/** What a peer notes of themself. Nobody else opens it. */
export function OwnChecks(): ReactElement {
  const { t } = useTranslation();
  const [kind, setKind] = useState<(typeof KINDS)[number]>('readiness');
  const [kept, setKept] = useState(0);
  return (
    <OwnPage title={t('mySupervision.checks.title')}>
      <p>{t('mySupervision.checks.who')}</p>
      <OneOf big label={t('mySupervision.checks.which')} options={KINDS.map((value) => ({ value, label: t(`mySupervision.checks.${value}`) }))} chosen={kind} onChange={setKind} />
      <OwnCheckForm key={`${kind}${kept}`} kind={kind} onDone={() => setKept(kept + 1)} />
      {kept > 0 && <p role="status">{t('mySupervision.checks.kept')}</p>}
      <h2 className={peer.section}>{t('mySupervision.proqol.title')}</h2>
      <Proqol />
      <h2 className={peer.section}>{t('mySupervision.checks.before')}</h2>
      <Before />
    </OwnPage>
  );
}

function Proqol(): ReactElement {
  const { t } = useTranslation();
  const [scores, setScores] = useState(EMPTY);
  const { mutate, isPending, error } = useAction(() => ({ path: '/me/proqol', body: scores }), { done: () => setScores(EMPTY) });
  const whole = SCALES.every((scale) => typeof scores[scale] === 'number');
  return (
    <div className={styles.form}>
      <p>{t('mySupervision.proqol.help')}</p>
      {SCALES.map((scale) => (
        <NumberInput key={scale} label={t(`mySupervision.proqol.${scale}`)} min={0} max={50} clampBehavior="strict" allowDecimal={false} hideControls value={scores[scale]} onChange={(value) => setScores({ ...scores, [scale]: value })} />
      ))}
      <ProblemNote fault={error} />
      <Button variant="default" h={44} disabled={!whole} loading={isPending} onClick={() => mutate()}>{t('mySupervision.proqol.keep')}</Button>
    </div>
  );
}

function Before(): ReactElement {
  const { t } = useTranslation();
  const { data, error } = useQuery(supervisionQueries.checks());
  const forget = useAction(() => ({ method: 'DELETE', path: '/me/checks' }));
  if (!data) return error ? <ProblemNote fault={error} /> : <p aria-busy="true">{t('page.loading')}</p>;
  const nothing = data.checks.length === 0 && data.proqol.length === 0;
  if (nothing) return <p>{t('mySupervision.checks.none')}</p>;
  return (
    <>
      <ul className={styles.list}>
        {data.checks.map(({ id, kind, at, energy, mood }) => (
          <li key={id} className={styles.line}>
            <span>{t(`mySupervision.checks.${kind}`)}</span>
            <span className={styles.facts}>{dayAndTime(at)} · {t('ownCheck.energy')}: {t(`ownCheck.answer.${energy}`)} · {t('ownCheck.mood')}: {t(`ownCheck.answer.${mood}`)}</span>
          </li>
        ))}
        {data.proqol.map(({ id, at, ...scores }) => (
          <li key={id} className={styles.line}>
            <span>{t('mySupervision.proqol.short')}</span>
            <span className={styles.facts}>{dayAndTime(at)}</span>
            {SCALES.map((scale) => <span key={scale} className={styles.facts}>{t(`mySupervision.proqol.${scale}`)}: {scores[scale].score} ({t(`mySupervision.proqol.band.${scores[scale].band}`)})</span>)}
          </li>
        ))}
      </ul>
      <ProblemNote fault={forget.error} />
      <Button variant="subtle" h={44} loading={forget.isPending} onClick={() => forget.mutate()}>{t('mySupervision.checks.forget')}</Button>
    </>
  );
}
