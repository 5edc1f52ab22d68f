import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ConsultView } from '../../dispatch/contract.js';
import { useAction } from '../api/actions.js';
import { ProblemNote } from '../parts/problem-note.js';
import { useMe } from '../shell/session.js';
import { Elapsed } from '../time/now.js';
import { RequestLine } from './request-line.js';
import styles from './supervisor.module.css';

/** Advice that is being given: mine to end, others' only to know of. */
export function Consults({ consults }: { consults: readonly ConsultView[] }): ReactElement | null {
  const { t } = useTranslation();
  const me = useMe();
  const taken = consults.filter(({ state }) => state === 'taken');
  const mine = taken.filter(({ takenByAccountId }) => takenByAccountId === me.account.id);
  const others = taken.filter(({ takenByAccountId }) => takenByAccountId !== me.account.id);
  if (taken.length === 0) return null;
  return (
    <section aria-labelledby="consults-title" className={styles.section}>
      <h2 id="consults-title">{t('supervise.consult.title')}</h2>
      {mine.map((consult) => <Mine key={consult.id} consult={consult} />)}
      {others.map((consult) => (
        <p key={consult.id} className={styles.line}>{t('supervise.consult.byOther', { name: consult.takenByName ?? '', peer: consult.peerName })}</p>
      ))}
    </section>
  );
}

function Mine({ consult }: { consult: ConsultView }): ReactElement {
  const { t } = useTranslation();
  const { mutate, isPending, error } = useAction(() => ({ path: `/consults/${consult.id}/end` }));
  return (
    <article className={styles.own} aria-label={t('supervise.consult.mine', { peer: consult.peerName })}>
      <header className={styles.ownHead}>
        <h3>{t('supervise.consult.mine', { peer: consult.peerName })}</h3>
        {consult.takenAt && <Elapsed since={consult.takenAt} />}
      </header>
      <div className={styles.facts}><RequestLine request={consult} /></div>
      <div className={styles.acts}>
        <Button h={48} fz={16} loading={isPending} onClick={() => mutate()}>{t('supervise.consult.end')}</Button>
        <Link className={styles.quiet} to={`/requests/${consult.requestId}`}>{t('supervise.openRequest')}</Link>
      </div>
      <ProblemNote fault={error} />
    </article>
  );
}
