import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { EscalationAtHandView } from '../../dispatch/supervision.contract.js';
import type { ConfirmContactDto } from '../../requests/contract.js';
import { useAction } from '../api/actions.js';
import { BY_TAP } from '../parts/confirmed-by.js';
import { ProblemNote } from '../parts/problem-note.js';
import { SealedContact } from '../parts/sealed-contact.js';
import { left, elapsed } from '../time/format.js';
import { useNow } from '../time/now.js';
import { EscalationFacts, ScriptFold } from './decision-card.js';
import styles from './supervisor.module.css';

type Doing = 'nothing' | 'confirming' | 'returning';

/** What I have taken on, the next deadline first. */
export function OwnEscalations({ escalations }: { escalations: readonly EscalationAtHandView[] }): ReactElement | null {
  const { t } = useTranslation();
  if (escalations.length === 0) return null;
  return (
    <section aria-labelledby="own-title" className={styles.section}>
      <h2 id="own-title">{t('supervise.own', { count: escalations.length })}</h2>
      {escalations.map((escalation) => <OwnEscalation key={escalation.id} escalation={escalation} />)}
    </section>
  );
}

function OwnEscalation({ escalation }: { escalation: EscalationAtHandView }): ReactElement {
  const { t } = useTranslation();
  const [doing, setDoing] = useState<Doing>('nothing');
  const late = useNow() > Date.parse(escalation.nextDueAt ?? '');
  return (
    <article className={styles.own} data-tone={late ? 'act' : 'soon'} aria-label={t(`cause.${escalation.cause}`)}>
      <header className={styles.ownHead}>
        <h3>{t(`cause.${escalation.cause}`)}</h3>
        {escalation.nextDueAt && <Deadline at={escalation.nextDueAt} />}
      </header>
      <EscalationFacts escalation={escalation} act={late} />
      <ScriptFold escalation={escalation} open={false} />
      {escalation.mayOpenContact ? <SealedContact requestId={escalation.requestId} size="lg" /> : <p className={styles.line}>{t('supervise.contactNotYours')}</p>}
      {doing === 'nothing' && (
        <div className={styles.acts}>
          <Button h={48} fz={16} onClick={() => setDoing('confirming')}>{t('escalation.confirm')}</Button>
          <Button h={48} variant="default" onClick={() => setDoing('returning')}>{t('supervise.return.title')}</Button>
          <Link className={styles.quiet} to={`/requests/${escalation.requestId}`}>{t('supervise.openRequest')}</Link>
        </div>
      )}
      {doing === 'confirming' && <Confirm id={escalation.id} onBack={() => setDoing('nothing')} />}
      {doing === 'returning' && <Return escalation={escalation} onBack={() => setDoing('nothing')} />}
    </article>
  );
}

function Deadline({ at }: { at: string }): ReactElement {
  const { t } = useTranslation();
  const now = useNow();
  const dueMs = Date.parse(at);
  const text = dueMs > now ? t('supervise.confirmIn', { time: left(dueMs - now) }) : t('supervise.confirmLate', { time: elapsed(now - dueMs) });
  return <time dateTime={at} className={styles.deadline}>{text}</time>;
}

/** Who said that help is there: one tap, or a name of one's own. */
function Confirm({ id, onBack }: { id: string; onBack: () => void }): ReactElement {
  const { t } = useTranslation();
  const [other, setOther] = useState('');
  const { mutate, isPending, error } = useAction<unknown, ConfirmContactDto>((body) => ({ path: `/escalations/${id}/contact-confirmed`, body }));
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (other.trim() !== '') mutate({ by: 'other', name: other.trim() });
  };
  return (
    <form className={styles.doing} onSubmit={send}>
      <fieldset disabled={isPending}>
        <legend>{t('escalation.byWhom')}</legend>
        <div className={styles.who}>
          {BY_TAP.map((each) => <Button key={each} variant="default" h={48} fz={16} onClick={() => mutate({ by: each })}>{t(`confirmedBy.${each}`)}</Button>)}
          <TextInput size="md" maxLength={120} aria-label={t('escalation.byOther')} placeholder={t('escalation.byOther')} value={other} onChange={(event) => setOther(event.currentTarget.value)} />
          {other.trim() !== '' && <Button type="submit" h={48} fz={16} loading={isPending}>{t('escalation.confirm')}</Button>}
        </div>
      </fieldset>
      <button type="button" className={styles.quiet} onClick={onBack}>{t('common.back')}</button>
      <ProblemNote fault={error} />
    </form>
  );
}

function Return({ escalation, onBack }: { escalation: EscalationAtHandView; onBack: () => void }): ReactElement {
  const { t } = useTranslation();
  const { mutate, isPending, error } = useAction(() => ({ path: `/escalations/${escalation.id}/return-to-search` }));
  return (
    <div className={styles.doing}>
      <p>{t(escalation.leadName === null ? 'supervise.return.help' : 'supervise.return.helpLead', { name: escalation.leadName ?? '' })}</p>
      <Button h={48} fz={16} loading={isPending} onClick={() => mutate()}>{t('supervise.return.do')}</Button>
      <button type="button" className={styles.quiet} onClick={onBack}>{t('common.back')}</button>
      <ProblemNote fault={error} />
    </div>
  );
}
