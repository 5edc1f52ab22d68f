import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { MyOutcomeView } from '../../encounters/contract.js';
import { ownQueries } from '../api/own-queries.js';
import { language } from '../i18n.js';
import { useLabels } from '../parts/labels.js';
import { ProblemNote } from '../parts/problem-note.js';
import { useMe } from '../shell/session.js';
import { clockTime } from '../time/format.js';
import { serverNow } from '../time/now.js';
import { FollowUp } from './follow-up.js';
import { OwnPage } from './own-page.js';
import styles from './peer.module.css';

/** Whom to call again, and how it went on with the people one was with: never who they were. */
export function Work(): ReactElement {
  const { t } = useTranslation();
  const { account } = useMe();
  const followUps = useQuery(ownQueries.followUps());
  const outcomes = useQuery(ownQueries.outcomes());
  // Whoever coordinates as well sees everybody's; this page is about their own.
  const own = followUps.data?.filter((each) => each.personId === account.personId);
  return (
    <OwnPage title={t('work.title')}>
      <h2 className={styles.section}>{t('work.followUps')}</h2>
      <Loaded error={followUps.error} loading={own === undefined} empty={own?.length === 0 && t('work.noFollowUps')}>
        <ul className={styles.list}>{own?.map((each) => <li key={each.id}><FollowUp followUp={each} /></li>)}</ul>
      </Loaded>
      <h2 className={styles.section}>{t('work.past')}</h2>
      <Loaded error={outcomes.error} loading={outcomes.data === undefined} empty={outcomes.data?.length === 0 && t('work.noPast')}>
        <ul className={styles.list}>{outcomes.data?.map((each) => <li key={each.assignmentId}><Past outcome={each} /></li>)}</ul>
      </Loaded>
    </OwnPage>
  );
}

function Loaded({ error, loading, empty, children }: { error: unknown; loading: boolean; empty: string | false | undefined; children: ReactElement }): ReactElement {
  const { t } = useTranslation();
  if (loading) return error ? <ProblemNote fault={error} /> : <p className="pd-dim" aria-busy="true">{t('page.loading')}</p>;
  return empty ? <p className="pd-dim">{empty}</p> : children;
}

function Past({ outcome }: { outcome: MyOutcomeView }): ReactElement {
  const { t } = useTranslation();
  const labels = useLabels();
  const ended = clockTime(new Date(outcome.endedAt), new Date(serverNow()), language());
  const now = outcome.requestOutcome ? labels.of('outcomes', outcome.requestOutcome) : t(`requestState.${outcome.requestState}`);
  return (
    <>
      <p className="pd-dim pd-figures"><time dateTime={outcome.endedAt}>{ended}</time></p>
      <p>{t(`work.myEnd.${outcome.myEnd}`)}{outcome.takenUp && ` ${t('work.takenUp')}`}</p>
      <p className="pd-dim">{t('work.howItWent', { outcome: now })}</p>
    </>
  );
}
