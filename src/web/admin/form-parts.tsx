import { Button, Select } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { useState, type ReactElement, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../api/actions.js';
import { ApiProblem, faultOf } from '../api/problem.js';
import { ProblemNote } from '../parts/problem-note.js';
import styles from './page-parts.module.css';
import { adminQueries } from './queries.js';

interface Change {
  readonly method?: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly version?: number;
}

/** One change by an admin. What other pages know by heart, names and the catalogue, is asked again as well. */
export function useChange<B = void, T = unknown>(change: (body: B) => Change, done?: (answer: T) => void): UseMutationResult<T, Error, B> {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useAction<T, B>(change, {
    done: (answer) => {
      notifications.show({ message: t('admin.saved'), color: 'teal' });
      for (const name of ['programmes', 'catalogue']) void client.invalidateQueries({ queryKey: [name] });
      done?.(answer);
    },
  });
}

/** The sentence under a field the server refused. */
export function useFaults(fault: unknown): (field: string) => string | undefined {
  const { t } = useTranslation();
  return (field) => {
    const found = faultOf(fault, field);
    return found && t([`admin.fault.${found.code}`, 'admin.fault.other']);
  };
}

/** Save, and what stood against it. Field faults are shown at their fields. */
export function SaveBar({ saving, fault, label, disabled = false, children }: {
  saving: boolean; fault: unknown; label?: string; disabled?: boolean; children?: ReactNode;
}): ReactElement {
  const { t } = useTranslation();
  return (
    <div className={styles.saveBar}>
      <ProblemNote fault={fault instanceof ApiProblem && fault.status === 422 && fault.faults.length === 0 ? null : fault} />
      <div className={styles.buttons}>
        <Button type="submit" loading={saving} disabled={disabled}>{label ?? t('admin.save')}</Button>
        {children}
      </div>
    </div>
  );
}

/** Somebody with an account, found by typing part of the name. */
export function PersonSearch({ label, having, without, onPick, by = 'person' }: {
  label: string; having?: 'peer' | 'supervisor'; without: readonly string[]; onPick: (id: string, name: string) => void; by?: 'person' | 'account';
}): ReactElement {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const { data = [] } = useQuery(adminQueries.people(search, having));
  const idOf = (person: { personId: string; accountId: string }): string => (by === 'person' ? person.personId : person.accountId);
  const options = data.filter((person) => person.active && !without.includes(idOf(person))).map((person) => ({ value: idOf(person), label: person.name }));
  return (
    <Select
      className={styles.search} label={label} placeholder={t('admin.typeName')} data={options} value={null} searchable searchValue={search} onSearchChange={setSearch}
      filter={({ options: found }) => found} nothingFoundMessage={t('common.nothingFound')} comboboxProps={{ withinPortal: true }}
      onChange={(id) => {
        const picked = options.find(({ value }) => value === id);
        if (picked) onPick(picked.value, picked.label);
        setSearch('');
      }}
    />
  );
}

/** A thing that cannot be undone by a tap asks once more, in place. */
export function Confirmed({ label, question, onConfirm, busy = false, danger = false }: {
  label: string; question: string; onConfirm: () => void; busy?: boolean; danger?: boolean;
}): ReactElement {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  if (!asked) return <Button variant="default" onClick={() => setAsked(true)}>{label}</Button>;
  return (
    <div className={styles.confirm} role="group" aria-label={question}>
      <p>{question}</p>
      <div className={styles.buttons}>
        <Button color={danger ? 'red.7' : undefined} loading={busy} onClick={() => { onConfirm(); setAsked(false); }}>{label}</Button>
        <Button variant="default" onClick={() => setAsked(false)} autoFocus>{t('common.back')}</Button>
      </div>
    </div>
  );
}
