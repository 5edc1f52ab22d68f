import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { AwayView } from '../../shifts/contract.js';
import { useAction } from '../api/actions.js';
import { ownQueries } from '../api/own-queries.js';
import { ProblemNote } from '../parts/problem-note.js';
import { serverNow } from '../time/now.js';
import { wellnessQueries } from '../wellness/queries.js';
import { AgreedLeave } from './agreed.js';
import { leave } from './notice.js';
import { OwnPage } from './own-page.js';
import styles from './peer.module.css';
import { spanBody, spanChoice, spanFault, type SpanChoice } from './span-choice.js';
import { SpanFields } from './span-fields.js';

/** Holiday, illness, child care, or simply not now: from, until, and no question why. */
export function Away(): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data: away = null } = useQuery(ownQueries.away());
  const { data: marks } = useQuery(wellnessQueries.marks());
  const [changed, change] = useState<SpanChoice | null>(null);
  const span = changed ?? spanChoice(away?.from ?? null, away?.until ?? null, serverNow());
  const fault = spanFault(span, serverNow());
  const done = (): void => void navigate('/peer');
  const set = useAction<AwayView>(() => {
    const body = spanBody(span, serverNow());
    if (span.from === '') leave('duty');
    return { method: 'PUT', path: '/me/away', body };
  }, { done });
  const lift = useAction(() => ({ method: 'DELETE', path: '/me/away' }), { done });
  return (
    <OwnPage
      title={t('away.title')}
      foot={(
        <>
          <ProblemNote fault={set.error ?? lift.error} />
          <Button fullWidth h={56} fz={16} disabled={fault !== null} loading={set.isPending} onClick={() => set.mutate()}>{t(away ? 'away.change' : 'away.set')}</Button>
          {away && !marks?.agreedLeave && <button type="button" className={styles.quietBig} disabled={lift.isPending} onClick={() => lift.mutate()}>{t('away.lift')}</button>}
        </>
      )}
    >
      <p>{t('away.help')}</p>
      {marks?.agreedLeave && <AgreedLeave />}
      <div className={styles.fields}><SpanFields span={span} onChange={change} fault={fault} error={set.error} /></div>
    </OwnPage>
  );
}
