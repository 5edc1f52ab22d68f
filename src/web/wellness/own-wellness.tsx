import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, type ReactElement } from 'react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { MyWellnessView } from '../../wellness/contract.js';
import { useAction } from '../api/actions.js';
import { ProblemNote } from '../parts/problem-note.js';
import { leave } from '../peer/notice.js';
import { OwnPage } from '../peer/own-page.js';
import { language } from '../i18n.js';
import { OwnNotes } from './own-notes.js';
import { useAsked, wellnessQueries } from './queries.js';
import { AgreementLine, momentWords } from './words.js';
import styles from './wellness.module.css';

type MyCase = NonNullable<MyWellnessView['case']>;

/** Behind its own door: stepping back, and everything that follows from it, as the peer themself sees it. */
export function OwnWellness(): ReactElement {
  const { t } = useTranslation();
  const { data, error } = useQuery(wellnessQueries.mine());
  // Stepping back protects the peer now, whatever else is shut.
  if (!data) return <OwnPage title={t('wellness.title')} foot={<StepBack held={null} />}>{error ? <ProblemNote fault={error} /> : <p aria-busy="true">{t('page.loading')}</p>}</OwnPage>;
  return (
    <OwnPage title={t('wellness.title')} foot={<StepBack held={data.case} />}>
      <div className={styles.part}>
        <p>{t('wellness.help')}</p>
        <p>{t('wellness.who', { people: [data.supervisor, data.deputy].filter(Boolean).join(', ') || t('wellness.nobodyYet') })}</p>
        {data.case && <Case held={data.case} />}
        <OwnNotes notes={data.notes} />
        <h2>{t('wellness.looks.title')}</h2>
        {data.looks.length === 0 && <p className={styles.dim}>{t('wellness.looks.none')}</p>}
        <ul className={styles.list}>
          {data.looks.map(({ name, as, what, at }) => (
            <li key={`${name} ${what} ${at}`}>{name} <span className={styles.dim}>{t(`wellness.as.${as}`)} · {t(`wellness.looks.${what}`)} · {momentWords(at)}</span></li>
          ))}
        </ul>
      </div>
    </OwnPage>
  );
}

/** One tap, and nothing to fill in. That somebody will be in touch is said only where somebody is there to be; else the case above says where to turn. */
function StepBack({ held }: { held: MyCase | null }): ReactElement {
  const { t } = useTranslation();
  const asked = useAsked();
  const step = useAction(() => {
    leave('duty');
    return { path: '/me/step-back' };
  }, { done: asked });
  return (
    <>
      <ProblemNote fault={step.error} />
      <p role="status">{step.isSuccess && t(held?.contactDueAt ? 'wellness.steppedBack' : 'wellness.steppedAway')}</p>
      <Button fullWidth h={56} fz={16} variant={held ? 'default' : 'filled'} loading={step.isPending} onClick={() => step.mutate()}>{t(held ? 'wellness.stepBackAgain' : 'wellness.stepBack')}</Button>
    </>
  );
}

function Case({ held }: { held: MyCase }): ReactElement {
  const { t } = useTranslation();
  const asked = useAsked();
  const { mutate: seen } = useAction(() => ({ path: '/me/wellness/seen' }), { done: asked });
  const appeal = useAction(() => ({ path: '/me/wellness/appeal' }), { done: asked });
  const support = useAction<unknown, { code: string; answer: string }>((body) => ({ path: '/me/wellness/support-answers', body }), { done: asked });
  const answer = useAction<unknown, { id: string; answer: string }>(({ id, ...body }) => ({ path: `/me/wellness/agreements/${id}/answer`, body }), { done: asked });
  const untold = held.toldAt === null;
  useEffect(() => {
    if (untold) seen();
  }, [untold, seen]);
  const appealOpen = held.appealedAt !== null && held.appealOutcome === null;
  return (
    <>
      <div className={styles.box}>
        <p><strong>{t(`wellness.state.${held.state}`)}</strong></p>
        <p>{t(`wellness.origin.${held.origin}`)}</p>
        {(held.contactMadeAt !== null || !untold) && <p>{contactWords(held, t)}</p>}
        {held.reviewAt && <p>{t('wellness.reviewOn', { when: momentWords(held.reviewAt) })}</p>}
        <ProblemNote fault={appeal.error} />
        {appealOpen
          ? <p role="status">{held.appealDueAt ? t('wellness.appealBy', { when: momentWords(held.appealDueAt) }) : t('wellness.appealNobody')}</p>
          : <Button variant="default" mih={44} loading={appeal.isPending} onClick={() => appeal.mutate()}>{t('wellness.appeal')}</Button>}
        {held.appealOutcome && <p>{t(`wellness.appealOutcome.${held.appealOutcome}`)} {held.appealOutcome === 'granted' && (held.state === 'restricted' || held.state === 'on-leave') && t('wellness.appealTwo')}</p>}
        {held.wordDueAt && <p>{t('wellness.wordBy', { when: momentWords(held.wordDueAt) })}</p>}
        <p className={styles.dim}>{t('wellness.appealHelp')}</p>
      </div>
      {held.supports.length > 0 && <h2>{t('wellness.supports')}</h2>}
      <ProblemNote fault={support.error ?? answer.error} />
      <ul className={styles.list}>
        {held.supports.map(({ code, label, answer: given }) => (
          <li key={code}>
            {label[language()]} {given && <span className={styles.dim}>· {t(`wellness.supportAnswer.${given}`)}</span>}
            {!given && (
              <div className={styles.acts}>
                <Button mih={44} variant="default" onClick={() => support.mutate({ code, answer: 'accepted' })}>{t('wellness.yesPlease')}</Button>
                <Button mih={44} variant="subtle" onClick={() => support.mutate({ code, answer: 'declined' })}>{t('wellness.noThanks')}</Button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {held.agreements.length > 0 && <h2>{t('wellness.plan')}</h2>}
      <ul className={styles.list}>
        {held.agreements.map((agreement) => (
          <li key={agreement.id}>
            <AgreementLine agreement={agreement} />
            {agreement.standing === 'proposed' && agreement.position === 1 && (
              <>
                <p>{t('wellness.agreeHelp')}</p>
                <div className={styles.acts}>
                  <Button mih={44} loading={answer.isPending} onClick={() => answer.mutate({ id: agreement.id, answer: 'agreed' })}>{t('wellness.agree')}</Button>
                  <Button mih={44} variant="default" onClick={() => answer.mutate({ id: agreement.id, answer: 'declined' })}>{t('wellness.notAgree')}</Button>
                </div>
              </>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

/** No time is promised that nobody could keep. */
function contactWords({ contactMadeAt, contactDueAt }: Pick<MyCase, 'contactMadeAt' | 'contactDueAt'>, t: TFunction): string {
  if (contactMadeAt) return t('wellness.contactMade', { when: momentWords(contactMadeAt) });
  return contactDueAt ? t('wellness.contactBy', { when: momentWords(contactDueAt) }) : t('wellness.contactNobody');
}
