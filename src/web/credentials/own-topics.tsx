import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { TopicOptOutsView } from '../../peers/own-choices.contract.js';
import { useAction } from '../api/actions.js';
import { useLabels } from '../parts/labels.js';
import { ProblemNote } from '../parts/problem-note.js';
import { Tokens } from '../parts/tokens.js';
import { OwnPage } from '../peer/own-page.js';
import peer from '../peer/peer.module.css';
import styles from './credentials.module.css';
import { credentialQueries } from './queries.js';

type Topic = TopicOptOutsView['topics'][number];
const SHELVES = { experience: 'experience', population: 'populations', skill: 'skills' } as const;
const KINDS = ['experience', 'population', 'skill'] as const satisfies readonly Topic['kind'][];

/** What a peer is not asked for. Nobody else sees it, and no reason is asked. */
export function OwnTopics(): ReactElement {
  const { t } = useTranslation();
  const { data, error } = useQuery(credentialQueries.topics());
  const [saved, setSaved] = useState<string | null>(null);
  if (!data) return <OwnPage title={t('credentials.topics.title')}>{error ? <ProblemNote fault={error} /> : <p aria-busy="true">{t('page.loading')}</p>}</OwnPage>;
  return <TopicsForm key={JSON.stringify(data)} topics={data} saved={saved} onSaved={setSaved} />;
}

function TopicsForm({ topics, saved, onSaved }: { topics: readonly Topic[]; saved: string | null; onSaved: (words: string | null) => void }): ReactElement {
  const { t } = useTranslation();
  const labels = useLabels();
  const [chosen, setChosen] = useState(topics);
  const put = useAction<TopicOptOutsView>(() => ({ method: 'PUT', path: '/me/topic-opt-outs', body: { topics: chosen } }), {
    done: (kept) => onSaved(t(kept.topics.length === 0 ? 'credentials.topics.savedNone' : 'credentials.topics.saved')),
  });
  const change = (kind: Topic['kind'], codes: readonly string[]): void => {
    onSaved(null);
    setChosen([...chosen.filter((each) => each.kind !== kind), ...codes.map((code) => ({ kind, code }))]);
  };
  return (
    <OwnPage
      title={t('credentials.topics.title')}
      foot={(
        <>
          <ProblemNote fault={put.error} />
          <p role="status" className={peer.missing}>{saved}</p>
          <Button fullWidth h={56} fz={16} loading={put.isPending} onClick={() => put.mutate()}>{t('credentials.topics.save')}</Button>
        </>
      )}
    >
      <p>{t('credentials.topics.help')}</p>
      <p className={styles.who}>{t('credentials.topics.who')}</p>
      <div className={peer.fields}>
        {KINDS.map((kind) => {
          const codes = chosen.filter((each) => each.kind === kind).map(({ code }) => code);
          const offered = labels.options(SHELVES[kind]);
          const retired = codes.filter((code) => !offered.some(({ value }) => value === code)).map((code) => ({ value: code, label: labels.of(SHELVES[kind], code) }));
          return <Tokens key={kind} label={t(`credentials.topics.${kind}`)} options={[...offered, ...retired]} chosen={codes} onChange={(next) => change(kind, next)} />;
        })}
      </div>
    </OwnPage>
  );
}
