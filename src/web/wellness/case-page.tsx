import { Button, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { CaseView } from '../../wellness/contract.js';
import { useAction } from '../api/actions.js';
import { language } from '../i18n.js';
import { ProblemNote } from '../parts/problem-note.js';
import { Shown } from '../parts/shown.js';
import { Tokens } from '../parts/tokens.js';
import { useMe } from '../shell/session.js';
import { useTitle } from '../shell/title.js';
import { Propose } from './propose.js';
import { wellnessQueries, type Act } from './queries.js';
import { AgreementLine, momentWords } from './words.js';
import styles from './wellness.module.css';

/** One case, for the peer's supervisor and deputy. The name is in no title: the title stays in the browser's history. */
export function CasePage(): ReactElement {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  useTitle(t('wellness.cases.one'), useMe());
  const held = useQuery(wellnessQueries.case(id));
  return (
    <div className={styles.page}>
      <Link to="/supervisor/cases" className={styles.back}>{t('common.back')}</Link>
      <Shown asked={held}>{(whole) => <Whole held={whole} />}</Shown>
    </div>
  );
}

function Whole({ held }: { held: CaseView }): ReactElement {
  const { t } = useTranslation();
  const client = useQueryClient();
  const acting = useAction<CaseView, { path: string; body: unknown }>(({ path, body }) => ({ path: `/wellness/cases/${held.id}/${path}`, body }), {
    done: (answer) => {
      client.setQueryData(['case', held.id], answer);
      void client.invalidateQueries({ queryKey: ['cases'] });
    },
  });
  const act: Act = (path, body = {}) => acting.mutate({ path, body });
  const told = held.toldAt !== null;
  const open = held.state !== 'closed';
  return (
    <>
      <h1>{held.name}</h1>
      <p><strong>{t(`wellness.state.${held.state}`)}</strong> · {t(`wellness.caseOrigin.${held.origin}`)} · {momentWords(held.openedAt)}</p>
      <p className={styles.dim}>{t('wellness.cases.shown')}</p>
      <ProblemNote fault={acting.error} at="desk" />
      {open && !told && <div className={styles.box}><p>{t('wellness.cases.tellFirst')}</p><Button mih={44} loading={acting.isPending} onClick={() => act('told')}>{t('wellness.acts.told')}</Button></div>}
      {open && told && (
        <>
          {!held.contactMadeAt && (
            <div className={styles.box}>
              {held.contactDueAt && <p>{t('wellness.cases.contactBy', { when: momentWords(held.contactDueAt) })}</p>}
              <Button mih={44} loading={acting.isPending} onClick={() => act('contact')}>{t('wellness.acts.contact')}</Button>
            </div>
          )}
          {held.appealDueAt && <Appeal held={held} dueAt={held.appealDueAt} act={act} />}
          <Offer held={held} act={act} />
          <Propose key={`${held.state} ${held.agreements.length}`} state={held.state} act={act} />
          <Ways held={held} act={act} />
        </>
      )}
      {held.agreements.length > 0 && <h2>{t('wellness.plan')}</h2>}
      <ul className={styles.list}>{held.agreements.map((agreement) => <li key={agreement.id}><AgreementLine agreement={agreement} /></li>)}</ul>
      {held.shared.length > 0 && <h2>{t('wellness.cases.sharedNotes')}</h2>}
      <ul className={styles.list}>{held.shared.map((note) => <li key={note.id}><p className={styles.text}>{note.text}</p><p className={styles.dim}>{momentWords(note.at)}</p></li>)}</ul>
      <h2>{t('wellness.cases.steps')}</h2>
      <ul className={styles.list}>{held.steps.map(({ at, by, act: what }) => <li key={`${at} ${what}`}>{t([`wellness.step.${what}`, 'wellness.step.other'])} <span className={styles.dim}>{by ?? t(what === 'raised-again' ? 'wellness.byUnnamed' : 'wellness.byTime')} · {momentWords(at)}</span></li>)}</ul>
    </>
  );
}

function Appeal({ held, dueAt, act }: { held: CaseView; dueAt: string; act: Act }): ReactElement {
  const { t } = useTranslation();
  return (
    <div className={styles.box}>
      <p>{t(held.appealIsForAnother ? 'wellness.cases.appealForAnother' : 'wellness.cases.appealYours', { when: momentWords(dueAt) })}</p>
      {!held.appealIsForAnother && (
        <div className={styles.acts}>
          <Button mih={44} onClick={() => act('appeal', { outcome: 'granted' })}>{t('wellness.acts.grant')}</Button>
          <Button mih={44} variant="default" onClick={() => act('appeal', { outcome: 'stays' })}>{t('wellness.acts.stays')}</Button>
        </div>
      )}
    </div>
  );
}

function Offer({ held, act }: { held: CaseView; act: Act }): ReactElement {
  const { t } = useTranslation();
  const [codes, setCodes] = useState<readonly string[]>([]);
  const left = held.supportsThereAre.filter(({ code }) => !held.supports.some((support) => support.code === code));
  return (
    <>
      <h2>{t('wellness.supports')}</h2>
      <ul className={styles.list}>{held.supports.map(({ code, label, answer }) => <li key={code}>{label[language()]} <span className={styles.dim}>· {t(answer ? `wellness.supportAnswer.${answer}` : 'wellness.supportAnswer.none')}</span></li>)}</ul>
      {left.length > 0 && (
        <>
          <Tokens label={t('wellness.cases.offer')} options={left.map(({ code, label }) => ({ value: code, label: label[language()] }))} chosen={codes} onChange={setCodes} />
          <div className={styles.acts}><Button mih={44} variant="default" disabled={codes.length === 0} onClick={() => {
            act('supports', { codes });
            setCodes([]);
          }}>{t('wellness.acts.offer')}</Button></div>
        </>
      )}
    </>
  );
}

/** Looking again, signing back in, closing. */
function Ways({ held, act }: { held: CaseView; act: Act }): ReactElement {
  const { t } = useTranslation();
  const [date, setDate] = useState('');
  const reviewAt = date === '' ? null : new Date(`${date}T12:00`).toISOString();
  const held2 = held.state === 'restricted' || held.state === 'on-leave';
  const planned = held.agreements.some(({ kind, standing }) => kind === 'return' && standing === 'agreed');
  return (
    <>
      <h2>{t('wellness.cases.next')}</h2>
      <TextInput type="date" label={t('wellness.cases.reviewDate')} value={date} onChange={(event) => setDate(event.currentTarget.value)} />
      <div className={styles.acts}>
        <Button mih={44} variant="default" disabled={!reviewAt} onClick={() => act('review', { reviewAt })}>{t('wellness.acts.review')}</Button>
        {held.state === 'supported' && <Button mih={44} variant="default" onClick={() => act('close', { reviewAt })}>{t('wellness.acts.close')}</Button>}
        {held.state === 'returning' && <Button mih={44} onClick={() => act('sign-off')}>{t('wellness.acts.signOff')}</Button>}
      </div>
      {held2 && (
        <div className={styles.box}>
          <p>{t('wellness.cases.two')}</p>
          {held.approvals.map(({ by, to, at }) => <p key={by} className={styles.dim}>{t(`wellness.approved.${to}`, { name: by, when: momentWords(at) })}</p>)}
          <div className={styles.acts}>
            <Button mih={44} disabled={!planned} onClick={() => act('exit', { to: 'returning' })}>{t('wellness.acts.return')}</Button>
            <Button mih={44} variant="default" onClick={() => act('exit', { to: 'closed' })}>{t('wellness.acts.end')}</Button>
          </div>
          {!planned && <p className={styles.dim}>{t('wellness.cases.planFirst')}</p>}
        </div>
      )}
    </>
  );
}
