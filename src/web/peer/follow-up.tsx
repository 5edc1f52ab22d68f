import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { FollowUpContactView, FollowUpView } from '../../encounters/contract.js';
import { useAction } from '../api/actions.js';
import { call } from '../api/http.js';
import { CONTACT_KINDS, type ContactKind } from '../api/types.js';
import { language } from '../i18n.js';
import { callingWords } from '../parts/calling.js';
import { Icon } from '../parts/icons.js';
import { ProblemNote } from '../parts/problem-note.js';
import { OneOf } from '../parts/tokens.js';
import { clockTime } from '../time/format.js';
import { useNow } from '../time/now.js';
import styles from './peer.module.css';

const OPEN_MS = 60_000;
const ATTEMPTS = ['reached', 'no-answer', 'declined'] as const;

/** Somebody wished to hear from us again: when, how often it was tried, and what came of it by one tap. */
export function FollowUp({ followUp }: { followUp: FollowUpView }): ReactElement {
  const { t } = useTranslation();
  const now = useNow();
  const [mode, setMode] = useState<ContactKind>('phone');
  const { mutate, isPending, error } = useAction<FollowUpView, (typeof ATTEMPTS)[number]>((outcome) => ({ path: `/follow-ups/${followUp.id}/attempts`, body: { mode, outcome } }));
  const time = clockTime(new Date(followUp.dueAt), new Date(now), language());
  const due = Date.parse(followUp.dueAt) <= now;
  return (
    <div className={styles.followUp}>
      <p className="pd-figures"><strong>{due ? t('work.dueNow') : t('work.dueAt', { time })}</strong> · {t('work.try', { number: followUp.attempts.length + 1 })}</p>
      <SealedCallback id={followUp.id} />
      <OneOf label={t('work.how')} options={CONTACT_KINDS.map((value) => ({ value, label: t(`contactKind.${value}`) }))} chosen={mode} onChange={setMode} />
      <p className={styles.question}>{t('work.result')}</p>
      <div className={styles.row}>
        {ATTEMPTS.map((each) => <Button key={each} variant="default" size="md" disabled={isPending} onClick={() => mutate(each)}>{t(`work.attempt.${each}`)}</Button>)}
      </div>
      <ProblemNote fault={error} />
    </div>
  );
}

/** Opens on purpose and closes by itself, like every sealed text. */
function SealedCallback({ id }: { id: string }): ReactElement {
  const { t } = useTranslation();
  const { data, error, isPending, mutate, reset } = useMutation({ mutationFn: () => call<FollowUpContactView>(`/follow-ups/${encodeURIComponent(id)}/contact`), gcTime: 0 });
  useEffect(() => {
    if (!data) return undefined;
    const close = setTimeout(reset, OPEN_MS);
    return () => clearTimeout(close);
  }, [data, reset]);
  if (data) {
    return (
      <div className={styles.instruction} data-sealed>
        <p className="pd-figures"><strong>{data.callback ?? t('contact.noCallback')}</strong></p>
        <p>{callingWords(data)}</p>
        <button type="button" className={styles.quiet} onClick={reset}>{t('contact.close')}</button>
      </div>
    );
  }
  return (
    <div>
      <Button variant="default" size="md" loading={isPending} leftSection={<Icon name="lock" />} onClick={() => mutate()}>{t('contact.open')}</Button>
      <ProblemNote fault={error} />
    </div>
  );
}
