import { Button, TextInput, Textarea } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProgrammeRelapsePoliciesView, RelapsePolicyView } from '../../wellness/relapse-policy.contract.js';
import { useAction } from '../api/actions.js';
import { faultOf } from '../api/problem.js';
import { language } from '../i18n.js';
import { ProblemNote } from '../parts/problem-note.js';
import { Shown } from '../parts/shown.js';
import { useMe } from '../shell/session.js';
import { useTitle } from '../shell/title.js';
import { serverNow } from '../time/now.js';
import { wellnessQueries } from './queries.js';
import { dayWords } from './words.js';
import styles from './wellness.module.css';

const DAY_MS = 86_400_000;

/** Relapse policies by programme: where each stands, its versions, the next draft, and its approval by somebody else. */
export function RelapsePoliciesPage(): ReactElement {
  const { t } = useTranslation();
  useTitle(t('relapsePolicy.title'), useMe());
  const policies = useQuery(wellnessQueries.kept());
  return (
    <section className={styles.page}>
      <h1>{t('relapsePolicy.title')}</h1>
      <p>{t('relapsePolicy.help')}</p>
      <Shown asked={policies}>{(all) => all.map((kept) => <Programme key={kept.programmeId} kept={kept} />)}</Shown>
    </section>
  );
}

function Programme({ kept }: { kept: ProgrammeRelapsePoliciesView }): ReactElement {
  const { t } = useTranslation();
  const asked = useKeptAgain();
  const draft = useAction(() => ({ path: '/wellness/relapse-policies', body: { programmeId: kept.programmeId } }), { done: asked });
  const mayWrite = useMe().account.roles.includes('admin');
  const { standing } = kept;
  return (
    <section className={styles.box}>
      <h2>{kept.programmeName}</h2>
      <p><strong>{t(`relapsePolicy.standing.${standing.kind}`)}</strong> {standing.endsAt && standing.kind !== 'missing' && t('relapsePolicy.until', { date: dayWords(standing.endsAt) })}</p>
      {kept.reviewDueSince && <p role="status">{t('relapsePolicy.reviewDue', { date: dayWords(kept.reviewDueSince) })}</p>}
      <ul className={styles.list}>
        {kept.versions.map((policy) => <li key={policy.id}><Version policy={policy} mayWrite={mayWrite} /></li>)}
      </ul>
      <ProblemNote fault={draft.error} at="desk" />
      {mayWrite && !kept.versions.some(({ state }) => state === 'draft') && <Button mih={44} variant="default" loading={draft.isPending} onClick={() => draft.mutate()}>{t('relapsePolicy.newDraft')}</Button>}
    </section>
  );
}

function Version({ policy, mayWrite }: { policy: RelapsePolicyView; mayWrite: boolean }): ReactElement {
  const { t } = useTranslation();
  const facts = [
    policy.writtenBy ? t('relapsePolicy.writtenBy', { name: policy.writtenBy }) : t('relapsePolicy.byProduct'), policy.approvedBy && t('relapsePolicy.approvedBy', { name: policy.approvedBy }),
    policy.effectiveAt && policy.expiresAt && t('relapsePolicy.holds', { from: dayWords(policy.effectiveAt), until: dayWords(policy.expiresAt) }),
    policy.acknowledged !== null && policy.peers !== null && t('relapsePolicy.acknowledged', { count: policy.acknowledged, peers: policy.peers }),
  ].filter((fact) => typeof fact === 'string');
  return (
    <>
      <p><strong>{policy.number}</strong> · {policy.label[language()]} · {t(`relapsePolicy.state.${policy.state}`)}</p>
      <p className={styles.dim}>{facts.join(' · ')}</p>
      {policy.state === 'draft' ? <Draft key={policy.version} policy={policy} mayWrite={mayWrite} /> : <details><summary>{t('relapsePolicy.version')} {policy.number}</summary><p className={styles.text}>{policy.text[language()]}</p></details>}
    </>
  );
}

function Draft({ policy, mayWrite }: { policy: RelapsePolicyView; mayWrite: boolean }): ReactElement {
  const { t } = useTranslation();
  const asked = useKeptAgain();
  const [words, setWords] = useState({ labelEn: policy.label.en, labelEs: policy.label.es, textEn: policy.text.en, textEs: policy.text.es, hours: String(policy.contactHours) });
  const change = (part: Partial<typeof words>): void => setWords({ ...words, ...part });
  const save = useAction(() => ({
    method: 'PATCH', path: `/wellness/relapse-policies/${policy.id}`, version: policy.version,
    body: { label: { en: words.labelEn, es: words.labelEs }, text: { en: words.textEn, es: words.textEs }, contactHours: Number(words.hours) },
  }), { done: asked });
  if (!mayWrite) return <><p className={styles.text}>{policy.text[language()]}</p><Approve policy={policy} /></>;
  return (
    <>
      <div className={styles.fields}>
        <TextInput label={t('relapsePolicy.labelEn')} maxLength={60} value={words.labelEn} onChange={(event) => change({ labelEn: event.currentTarget.value })} />
        <TextInput label={t('relapsePolicy.labelEs')} maxLength={60} value={words.labelEs} onChange={(event) => change({ labelEs: event.currentTarget.value })} />
        <Textarea label={t('relapsePolicy.textEn')} autosize minRows={4} maxLength={8000} value={words.textEn} onChange={(event) => change({ textEn: event.currentTarget.value })} />
        <Textarea label={t('relapsePolicy.textEs')} autosize minRows={4} maxLength={8000} value={words.textEs} onChange={(event) => change({ textEs: event.currentTarget.value })} />
        <TextInput inputMode="numeric" maxLength={2} label={t('relapsePolicy.hours')} value={words.hours} onChange={(event) => change({ hours: event.currentTarget.value })} />
        <ProblemNote fault={save.error} at="desk" />
        <Button mih={44} variant="default" loading={save.isPending} disabled={!/^[1-9]\d?$/.test(words.hours)} onClick={() => save.mutate()}>{t('relapsePolicy.save')}</Button>
      </div>
      {policy.writtenByMe ? <p className={styles.dim}>{t('relapsePolicy.notYours')}</p> : <Approve policy={policy} />}
    </>
  );
}

function Approve({ policy }: { policy: RelapsePolicyView }): ReactElement {
  const { t } = useTranslation();
  const asked = useKeptAgain();
  const day = (days: number): string => new Date(serverNow() + days * DAY_MS).toISOString().slice(0, 10);
  const [dates, setDates] = useState({ effectiveAt: day(7), reviewAt: day(187), expiresAt: day(372) });
  const approve = useAction(() => ({
    path: `/wellness/relapse-policies/${policy.id}/approve`, version: policy.version,
    body: Object.fromEntries(Object.entries(dates).map(([name, date]) => [name, new Date(`${date}T00:00`).toISOString()])),
  }), { done: asked });
  const tooSoon = faultOf(approve.error, 'effectiveAt')?.code === 'too-soon';
  return (
    <div className={styles.fields}>
      <TextInput type="date" label={t('relapsePolicy.effective')} description={t('relapsePolicy.ahead')} value={dates.effectiveAt} onChange={(event) => setDates({ ...dates, effectiveAt: event.currentTarget.value })} error={tooSoon && t('relapsePolicy.tooSoon')} />
      <TextInput type="date" label={t('relapsePolicy.review')} value={dates.reviewAt} onChange={(event) => setDates({ ...dates, reviewAt: event.currentTarget.value })} />
      <TextInput type="date" label={t('relapsePolicy.expires')} value={dates.expiresAt} onChange={(event) => setDates({ ...dates, expiresAt: event.currentTarget.value })} />
      <ProblemNote fault={approve.error} at="desk" />
      <Button mih={44} loading={approve.isPending} onClick={() => approve.mutate()}>{t('relapsePolicy.approve')}</Button>
    </div>
  );
}

function useKeptAgain(): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: ['relapse-policies'] });
}
