import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { StaffRequestView } from '../../dispatch/contract.js';
import type { AttemptDto, FollowUpContactView, FollowUpView } from '../../encounters/contract.js';
import { useAction } from '../api/actions.js';
import { call } from '../api/http.js';
import { queries } from '../api/queries.js';
import { CONTACT_KINDS, type ContactKind } from '../api/types.js';
import { language } from '../i18n.js';
import { callingWords } from '../parts/calling.js';
import { Icon } from '../parts/icons.js';
import { ProblemNote } from '../parts/problem-note.js';
import { OneOf } from '../parts/tokens.js';
import { clockTime } from '../time/format.js';
import { serverNow } from '../time/now.js';
import { useMay } from './may.js';
import styles from './request.module.css';

const OUTCOMES = ['reached', 'no-answer', 'declined'] as const;
const OPEN_MS = 60_000;

/** Calling again after the contact: when it is due, what was tried, and the next try. */
export function FollowUps({ request }: { request: StaffRequestView }): ReactElement | null {
  const { t } = useTranslation();
  const { data: followUps, error } = useQuery(queries.followUpsOf(request.id));
  if (!error && (followUps ?? []).length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="follow-ups-title">
      <h2 id="follow-ups-title">{t('followUp.title')}</h2>
      <ProblemNote fault={error} at="desk" />
      {followUps?.map((followUp) => <One key={followUp.id} followUp={followUp} usual={request.contactKind as ContactKind} />)}
    </section>
  );
}

function One({ followUp, usual }: { followUp: FollowUpView; usual: ContactKind }): ReactElement {
  const { t } = useTranslation();
  const { coordinate } = useMay();
  const at = (time: string): string => clockTime(new Date(time), new Date(serverNow()), language());
  return (
    <div className={styles.seat}>
      <p className={styles.lead}>
        <strong>{followUp.peerName}</strong>
        <span>{t(`followUpState.${followUp.state}`)}{followUp.state === 'due' && <> · <time dateTime={followUp.dueAt}>{at(followUp.dueAt)}</time></>}</span>
        <span className="pd-dim">{t('followUp.tries', { count: followUp.attempts.length })}</span>
      </p>
      <ol className={styles.counted}>
        {followUp.attempts.map((attempt) => <li key={attempt.number}>{at(attempt.at)} · {t(`contactKind.${attempt.mode}`)} · {t(`attemptOutcome.${attempt.outcome}`)}</li>)}
      </ol>
      {followUp.state === 'due' && <Attempt followUp={followUp} usual={usual} />}
      {followUp.state === 'due' && coordinate && <Callback id={followUp.id} />}
    </div>
  );
}

function Attempt({ followUp, usual }: { followUp: FollowUpView; usual: ContactKind }): ReactElement {
  const { t } = useTranslation();
  const [mode, setMode] = useState<ContactKind>(usual);
  const { mutate, isPending, variables, error } = useAction<FollowUpView, AttemptDto>((body) => ({ path: `/follow-ups/${followUp.id}/attempts`, body }));
  return (
    <div className={styles.triage}>
      <OneOf label={t('followUp.mode')} options={CONTACT_KINDS.map((value) => ({ value, label: t(`contactKind.${value}`) }))} chosen={mode} onChange={setMode} />
      <fieldset className={styles.inline} disabled={isPending}>
        <legend>{t('followUp.outcome')}</legend>
        {OUTCOMES.map((outcome) => <Button key={outcome} size="sm" variant="default" loading={isPending && variables?.outcome === outcome} onClick={() => mutate({ mode, outcome })}>{t(`attemptOutcome.${outcome}`)}</Button>)}
      </fieldset>
      <ProblemNote fault={error} at="desk" />
    </div>
  );
}

/** The sealed number to call, opened on purpose and closed by itself. */
function Callback({ id }: { id: string }): ReactElement {
  const { t } = useTranslation();
  const { data, error, isPending, mutate, reset } = useMutation({ mutationFn: () => call<FollowUpContactView>(`/follow-ups/${id}/contact`), gcTime: 0 });
  useEffect(() => {
    if (!data) return undefined;
    const timer = setTimeout(reset, OPEN_MS);
    return () => clearTimeout(timer);
  }, [data, reset]);
  if (!data) {
    return (
      <div>
        <Button size="sm" variant="default" loading={isPending} leftSection={<Icon name="lock" />} onClick={() => mutate()}>{t('contact.open')}</Button>
        <ProblemNote fault={error} at="desk" />
      </div>
    );
  }
  return (
    <section className={styles.callback} data-sealed aria-label={t('contact.callback')}>
      <p className="pd-figures">{data.callback ?? t('contact.noCallback')}</p>
      <p className={styles.by}>{callingWords(data)}</p>
      <Button size="compact-sm" variant="subtle" onClick={() => reset()}>{t('contact.close')}</Button>
    </section>
  );
}
