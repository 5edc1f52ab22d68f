import { Button, Select } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { PeerRecordView } from '../../../peers/keeping.contract.js';
import { useLabels } from '../../parts/labels.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { useChange } from '../form-parts.js';
import { Empty } from '../page-parts.js';
import styles from '../page-parts.module.css';

const SHELF = { population: 'populations', experience: 'experience', skill: 'skills' } as const;
const KINDS = ['experience', 'population', 'skill'] as const;
type Kind = (typeof KINDS)[number];

/** What the peer lets people be told. Anything else is theirs: it is neither shown here nor changed. */
export function Traits({ peer }: { peer: PeerRecordView }): ReactElement {
  const { t } = useTranslation();
  const labels = useLabels();
  const change = useChange<object>((body) => ({ method: 'PATCH', path: `/peers/${peer.id}`, body, version: peer.version }));
  const shown = new Set(peer.traits.map(({ kind, code }) => `${kind}:${code}`));
  const groups = KINDS.map((kind) => ({
    group: t(`needs.${SHELF[kind]}`),
    items: labels.options(SHELF[kind]).map(({ value, label }) => ({ value: `${kind}:${value}`, label })).filter(({ value }) => !shown.has(value)),
  }));
  return (
    <section className={styles.section} aria-labelledby="traits-title">
      <h2 id="traits-title">{t('admin.traits.title')}</h2>
      <p>{t('admin.traits.help')}</p>
      {peer.traits.length === 0 && <Empty>{t('admin.traits.none')}</Empty>}
      <ul className={styles.rows}>
        {peer.traits.map(({ kind, code }) => {
          const name = labels.of(SHELF[kind], code);
          return (
            <li key={`${kind}:${code}`} className={styles.row}>
              <span className={styles.rowName}>{name}<span>{t(`needs.${SHELF[kind]}`)}</span></span>
              <Button size="compact-md" variant="subtle" loading={change.isPending} aria-label={t('admin.removeOf', { name })} onClick={() => change.mutate({ removeTraits: [{ kind, code }] })}>{t('admin.remove')}</Button>
            </li>
          );
        })}
      </ul>
      <Select
        className={styles.search} label={t('admin.traits.add')} description={t('admin.traits.addHelp')} data={groups} value={null} searchable nothingFoundMessage={t('common.nothingFound')}
        comboboxProps={{ withinPortal: true }}
        onChange={(chosen) => {
          const [kind, code] = (chosen ?? '').split(':') as [Kind, string | undefined];
          if (code !== undefined) change.mutate({ addTraits: [{ kind, code }] });
        }}
      />
      <ProblemNote fault={change.error} />
    </section>
  );
}
