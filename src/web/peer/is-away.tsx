import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../api/actions.js';
import { language } from '../i18n.js';
import { ProblemNote } from '../parts/problem-note.js';
import { clockTime } from '../time/format.js';
import { useNow } from '../time/now.js';
import { wellnessQueries } from '../wellness/queries.js';
import { AgreedLeave } from './agreed.js';
import { Doors } from './doors.js';
import { OwnInbox } from './own-inbox.js';
import styles from './peer.module.css';

/** Nothing is asked of them, not even why. Coming back is one tap, unless two agreed on the time off. */
export function IsAway({ until }: { until: string | null }): ReactElement {
  const { t } = useTranslation();
  const now = new Date(useNow());
  const { data: marks } = useQuery(wellnessQueries.marks());
  const back = useAction(() => ({ method: 'DELETE', path: '/me/away' }));
  return (
    <>
      <div className={styles.words}>
        <h1>{t('away.isAway')}</h1>
        <p className="pd-figures">{until === null ? t('away.untilReturn') : t('away.untilTime', { time: clockTime(new Date(until), now, language()) })}</p>
        <p className="pd-dim">{t('away.noReason')}</p>
        {marks?.agreedLeave && <AgreedLeave />}
        <OwnInbox />
        <Doors />
      </div>
      {!marks?.agreedLeave && (
        <div className={styles.thumb}>
          <ProblemNote fault={back.error} />
          <Button fullWidth h={56} fz={16} loading={back.isPending} onClick={() => back.mutate()}>{t('away.back')}</Button>
        </div>
      )}
    </>
  );
}
