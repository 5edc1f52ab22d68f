import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { MyAssignmentView } from '../../dispatch/contract.js';
import { language } from '../i18n.js';
import { clockTime, elapsed } from '../time/format.js';
import { useNow } from '../time/now.js';
import styles from './peer.module.css';

/** How long it has been, what comes next, and by when. */
export function NextLine({ assignment }: { assignment: MyAssignmentView }): ReactElement {
  const { t } = useTranslation();
  const nowMs = useNow();
  const since = (at: string): string => elapsed(nowMs - Date.parse(at));
  const clock = (at: string): string => clockTime(new Date(at), new Date(nowMs), language());
  const { state, acceptedAt, contactMadeAt, contactDueAt, buddy, seat } = assignment;
  if (state === 'handing-over') {
    return (
      <div className={styles.handing} role="status">
        <p>{t('with.handingOver')}</p>
        {/* While help of another kind is on its way no other peer is asked. */}
        <p>{t(assignment.script ? 'with.handingOverToStaff' : 'with.handingOverHelp')}</p>
        <p>{t('with.danger')}</p>
      </div>
    );
  }
  if (contactMadeAt !== null) return <p className="pd-dim pd-figures">{t('peer.talkingSince', { time: since(contactMadeAt) })}{seat === 'lead' && ` · ${t('with.lookIn')}`}</p>;
  return (
    <>
      <p className="pd-dim pd-figures">{t('peer.acceptedSince', { time: since(acceptedAt) })}</p>
      {seat === 'lead' && <p className="pd-figures">{buddy === 'wanted' ? t('with.buddyWanted') : t('with.contactBy', { time: clock(contactDueAt) })}</p>}
    </>
  );
}
