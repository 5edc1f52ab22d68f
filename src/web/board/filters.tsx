import { useState, type ReactElement, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { CHANNELS } from '../api/types.js';
import { useLabels } from '../parts/labels.js';
import { EVERYTHING, narrows, SHOWN_STATES, type BoardFilter } from './filter.js';
import styles from './list.module.css';

interface Choice {
  readonly name: 'state' | 'urgency' | 'channel' | 'language';
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

/** Which of the open requests are shown. What is hidden is counted, and one press shows everything again. */
export function Filters({ filter, onFilter, search, onSearch, languages, searchBox, onLeave }: {
  filter: BoardFilter;
  onFilter: (change: Partial<BoardFilter>) => void;
  search: string;
  onSearch: (search: string) => void;
  /** Spoken in one of the open requests. */
  languages: readonly string[];
  searchBox: RefObject<HTMLInputElement | null>;
  /** Back to the list, by Escape or Enter. */
  onLeave: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const labels = useLabels();
  const [open, setOpen] = useState(false);
  const choices: readonly Choice[] = [
    { name: 'state', options: SHOWN_STATES.map((value) => ({ value, label: t(`requestState.${value}`) })) },
    { name: 'urgency', options: ['1', '2', '3', '4'].map((value) => ({ value, label: t(`acuity.${value}`) })) },
    { name: 'channel', options: CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) })) },
    { name: 'language', options: [...new Set([...languages, ...(filter.language ? [filter.language] : [])])].toSorted().map((value) => ({ value, label: labels.of('languages', value) })) },
  ];
  const narrow = narrows(filter) || search !== '';
  return (
    <div className={styles.filters} role="search" aria-label={t('filter.title')} data-open={open || undefined}>
      <input
        ref={searchBox} type="search" className={styles.search} value={search} maxLength={80} autoComplete="off" spellCheck={false}
        aria-label={t('filter.search')} placeholder={t('filter.searchHint')}
        onChange={(event) => onSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onSearch('');
          if (event.key === 'Escape' || event.key === 'Enter') onLeave();
        }}
      />
      <button type="button" className={styles.more} aria-expanded={open} onClick={() => setOpen(!open)}>{t('filter.open')}</button>
      {choices.map(({ name, options }) => (
        <select
          key={name} className={styles.select} aria-label={t(`filter.${name}`)} value={filter[name] ?? ''} data-on={filter[name] !== null || undefined}
          onChange={(event) => onFilter({ [name]: event.currentTarget.value || null })}
        >
          <option value="">{t(`filter.${name}`)}</option>
          {options.map(({ value, label }) => <option key={value} value={value}>{label}</option>)}
        </select>
      ))}
      <button type="button" className={styles.toggle} aria-pressed={filter.mine} onClick={() => onFilter({ mine: !filter.mine })}>{t('filter.mine')}</button>
      {narrow && (
        <button
          type="button" className={styles.clear}
          onClick={() => {
            onFilter({ ...EVERYTHING, programme: filter.programme });
            onSearch('');
          }}
        >
          {t('filter.clear')}
        </button>
      )}
    </div>
  );
}
