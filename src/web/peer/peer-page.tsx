import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '../api/queries.js';
import icon from '../icon.svg';
import { ProblemNote } from '../parts/problem-note.js';
import { AccountMenu } from '../shell/account-menu.js';
import { DemoBadge } from '../shell/demo-badge.js';
import { useMe } from '../shell/session.js';
import { useTitle } from '../shell/title.js';
import { Assignment } from './assignment.js';
import { CheckIn } from './check-in.js';
import { CloseOutForm } from './close-out.js';
import { LineState } from './line-state.js';
import { Offer } from './offer.js';
import styles from './peer.module.css';
import { Waiting } from './waiting.js';

/** One question at a time: an offer runs out, so it comes first; then who is with me; then what is left to write down. */
export function PeerPage(): ReactElement {
  const { t } = useTranslation();
  const me = useMe();
  useTitle(t('peer.title'), me);
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <img src={icon} alt="" width={24} height={24} />
        <span className={styles.organisation}>{me.organisation?.name ?? t('product')}</span>
        <DemoBadge demo={me.organisation?.demo} />
        <span className={styles.push} />
        <AccountMenu />
      </header>
      <LineState />
      <main className={styles.main}><Now /></main>
    </div>
  );
}

function Now(): ReactElement {
  const { t } = useTranslation();
  const duty = useQuery(queries.duty());
  const offers = useQuery(queries.offers());
  const assignments = useQuery(queries.assignments());
  const error = duty.error ?? offers.error ?? assignments.error;
  if (!duty.data || !offers.data || !assignments.data) {
    return error ? <ProblemNote fault={error} /> : <p className="pd-dim" aria-busy="true">{t('page.loading')}</p>;
  }
  const live = assignments.data.filter((each) => each.endedAt === null);
  const offer = offers.data.find((each) => each.status === 'pending');
  const unclosed = assignments.data.find((each) => each.endedAt !== null && each.closeOutDue);
  const begun = live.find((each) => each.contactMadeAt !== null) ?? live[0];
  if (offer) return <Offer key={offer.id} offer={offer} />;
  if (begun) return <Assignment key={begun.id} assignment={begun} />;
  if (unclosed) return <CloseOutForm key={unclosed.id} assignment={unclosed} />;
  return duty.data.peer ? <Waiting duty={duty.data.peer} /> : <CheckIn />;
}
