import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { OnCallEntryView, OnCallListView } from '../../../programmes/admin.contract.js';
import { queries } from '../../api/queries.js';
import { Shown } from '../../parts/shown.js';
import { PersonSearch, SaveBar, useChange, useFaults } from '../form-parts.js';
import { swapped } from '../order.js';
import { Empty, PageHead } from '../page-parts.js';
import styles from '../page-parts.module.css';
import { adminQueries, type OnCallListName } from '../queries.js';

const LISTS = ['on-call', 'clinicians-on-call'] as const satisfies readonly OnCallListName[];

export function OnCallPage(): ReactElement {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const programmes = useQuery(queries.programmes());
  return (
    <>
      <PageHead title={t('admin.nav.onCall')} />
      <Shown asked={programmes}>
        {(items) => {
          const chosen = items.find(({ id }) => id === params.get('programme')) ?? items[0];
          if (!chosen) return <Empty>{t('admin.programmes.none')}</Empty>;
          return (
            <>
              <div className={styles.filters}>
                <label className={styles.picker}>
                  {t('board.programme')}
                  <select aria-label={t('board.programme')} value={chosen.id} onChange={(event) => setParams({ programme: event.currentTarget.value }, { replace: true })}>
                    {items.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
                  </select>
                </label>
              </div>
              {LISTS.map((list) => <ListOf key={`${list}-${chosen.id}`} programmeId={chosen.id} list={list} />)}
            </>
          );
        }}
      </Shown>
    </>
  );
}

function ListOf({ programmeId, list: name }: { programmeId: string; list: OnCallListName }): ReactElement {
  const { t } = useTranslation();
  const asked = useQuery(adminQueries.onCall(programmeId, name));
  const save = useChange<string[]>((accountIds) => ({ method: 'PUT', path: `/programmes/${programmeId}/${name}`, body: { accountIds }, version: asked.data?.version }));
  return (
    <section className={styles.section} aria-label={t(`admin.onCallList.${name}.title`)}>
      <h2>{t(`admin.onCallList.${name}.title`)}</h2>
      <p className="pd-dim">{t(`admin.onCallList.${name}.help`)}</p>
      <Shown asked={asked}>{(list) => <Order key={seedOf(list)} name={name} list={list} saving={save.isPending} fault={save.error} onSave={save.mutate} />}</Shown>
    </section>
  );
}

const seedOf = ({ items }: OnCallListView): string => items.map(({ accountId }) => accountId).join();

function Order({ name: which, list, saving, fault, onSave }: { name: OnCallListName; list: OnCallListView; saving: boolean; fault: unknown; onSave: (accountIds: string[]) => void }): ReactElement {
  const { t } = useTranslation();
  const errorOf = useFaults(fault);
  const [items, setItems] = useState<readonly Pick<OnCallEntryView, 'accountId' | 'name' | 'active'>[]>(list.items);
  const move = (from: number, by: number): void => setItems((before) => swapped(before, from, from + by));
  const ids = items.map(({ accountId }) => accountId);
  return (
    <form className={styles.form} onSubmit={(event) => { event.preventDefault(); onSave(ids); }}>
      {items.length === 0 && <p className={styles.note} role="status">{t(`admin.onCallList.${which}.nobody`)}</p>}
      <ol className={styles.rows}>
        {items.map(({ accountId, name, active }, index) => (
          <li key={accountId} className={styles.row}>
            <span className="pd-figures">{index + 1}.</span>
            <span className={styles.rowName}>{name}{!active && <span>{t(`admin.onCallList.${which}.inactive`)}</span>}{errorOf(`accountIds.${index}`) && <span role="alert">{errorOf(`accountIds.${index}`)}</span>}</span>
            <span className={styles.rowActs}>
              <Button size="compact-md" variant="subtle" disabled={index === 0} aria-label={t('admin.upOf', { name })} onClick={() => move(index, -1)}>{t('admin.up')}</Button>
              <Button size="compact-md" variant="subtle" disabled={index === items.length - 1} aria-label={t('admin.downOf', { name })} onClick={() => move(index, 1)}>{t('admin.down')}</Button>
              <Button size="compact-md" variant="subtle" aria-label={t('admin.removeOf', { name })} onClick={() => setItems(items.filter((each) => each.accountId !== accountId))}>{t('admin.remove')}</Button>
            </span>
          </li>
        ))}
      </ol>
      <PersonSearch label={t(`admin.onCallList.${which}.add`)} having={which === 'on-call' ? 'supervisor' : undefined} by="account" without={ids} onPick={(accountId, name) => setItems([...items, { accountId, name, active: true }])} />
      <SaveBar saving={saving} fault={fault} label={t(`admin.onCallList.${which}.save`)} disabled={ids.join() === seedOf(list)} />
    </form>
  );
}
