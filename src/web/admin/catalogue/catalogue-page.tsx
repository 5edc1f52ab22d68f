import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { CatalogueEntryView } from '../../../programmes/catalogue.contract.js';
import { CATALOGUE_KINDS, type CatalogueKind } from '../../api/types.js';
import { language } from '../../i18n.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { Shown } from '../../parts/shown.js';
import { useChange } from '../form-parts.js';
import { swapped } from '../order.js';
import { PageHead } from '../page-parts.js';
import styles from '../page-parts.module.css';
import { adminQueries } from '../queries.js';
import { EntryForm } from './entry-form.js';

export function CataloguePage(): ReactElement {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const kind = CATALOGUE_KINDS.find((each) => each === params.get('kind')) ?? 'languages';
  return (
    <>
      <PageHead title={t('admin.nav.catalogue')} help={t('admin.catalogue.help')} />
      <div className={styles.filters}>
        <label className={styles.picker}>
          {t('admin.catalogue.kind')}
          <select aria-label={t('admin.catalogue.kind')} value={kind} onChange={(event) => setParams({ kind: event.currentTarget.value }, { replace: true })}>
            {CATALOGUE_KINDS.map((each) => <option key={each} value={each}>{t(`admin.catalogue.kindOf.${each}`)}</option>)}
          </select>
        </label>
      </div>
      <Shelf key={kind} kind={kind} />
    </>
  );
}

function Shelf({ kind }: { kind: CatalogueKind }): ReactElement {
  const { t } = useTranslation();
  const asked = useQuery(adminQueries.entries(kind));
  const [open, setOpen] = useState<string | null>(null);
  const order = useChange<string[]>((codes) => ({ method: 'PUT', path: `/catalogue/entries/${kind}/order`, body: { codes } }));
  return (
    <>
      <ProblemNote fault={order.error} />
      <Shown asked={asked}>
        {(items) => (
          <ul className={styles.rows} aria-busy={order.isPending}>
            {items.map((entry, index) => {
              const move = (by: number): void => order.mutate(swapped(items, index, index + by).map(({ code }) => code));
              return (
                <li key={entry.code} className={styles.row}>
                  {open === entry.code
                    ? <EntryForm key={entry.version} kind={kind} entry={entry} onClose={() => setOpen(null)} />
                    : <Entry entry={entry} first={index === 0} last={index === items.length - 1} busy={order.isPending} onMove={move} onOpen={() => setOpen(entry.code)} />}
                </li>
              );
            })}
          </ul>
        )}
      </Shown>
      <section className={styles.section}>
        {open === 'new:' ? <EntryForm kind={kind} entry={null} onClose={() => setOpen(null)} /> : <Button onClick={() => setOpen('new:')}>{t('admin.catalogue.new')}</Button>}
      </section>
    </>
  );
}

function Entry({ entry, first, last, busy, onMove, onOpen }: {
  entry: CatalogueEntryView; first: boolean; last: boolean; busy: boolean; onMove: (by: number) => void; onOpen: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const name = entry.label[language()];
  return (
    <>
      <span className={styles.rowName}>
        {name}{!entry.active && <em> · {t('admin.catalogue.retired')}</em>}
        <span>{language() === 'en' ? entry.label.es : entry.label.en} · {entry.credentialClass && `${t(`credentials.class.${entry.credentialClass}`)} · `}<code>{entry.code}</code>{entry.grave === true && ` · ${t('admin.catalogue.isGrave')}`}{entry.needed && ` · ${t('admin.catalogue.needed')}`}</span>
      </span>
      <span className={styles.rowActs}>
        <Button size="compact-md" variant="subtle" disabled={first || busy} aria-label={t('admin.upOf', { name })} onClick={() => onMove(-1)}>{t('admin.up')}</Button>
        <Button size="compact-md" variant="subtle" disabled={last || busy} aria-label={t('admin.downOf', { name })} onClick={() => onMove(1)}>{t('admin.down')}</Button>
        <Button size="compact-md" variant="subtle" aria-label={t('admin.changeOf', { name })} onClick={onOpen}>{t('admin.change')}</Button>
      </span>
    </>
  );
}
