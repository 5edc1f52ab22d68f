import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '../api/queries.js';
import { useLabels } from '../parts/labels.js';
import { OneOf } from '../parts/tokens.js';
import type { Draft, Strength, Wish } from './draft.js';
import styles from './intake.module.css';
import { finds } from './search.js';

interface Option {
  readonly value: string;
  readonly label: string;
}

const TYPING_MS = 200;
const STRENGTHS: readonly Strength[] = ['would-like', 'must'];

/** Whom the person would like to talk to, and how firm that is. */
export function WishFields({ draft, onChange, error }: { draft: Draft; onChange: (change: Partial<Draft>) => void; error?: string }): ReactElement {
  const { t } = useTranslation();
  const labels = useLabels();
  return (
    <>
      <WishField label={t('intake.gender')} options={labels.options('genders')} wish={draft.gender} onChange={(gender) => onChange({ gender })} error={error} />
      <PeerWish wish={draft.samePeer} onChange={(samePeer) => onChange({ samePeer })} />
      <LikedLanguage chosen={draft.likedLanguage} must={draft.language} onChange={(likedLanguage) => onChange({ likedLanguage })} />
    </>
  );
}

/** Besides the language it must be: never a reason not to be helped. */
function LikedLanguage({ chosen, must, onChange }: { chosen: string; must: string; onChange: (language: string) => void }): ReactElement {
  const { t } = useTranslation();
  const labels = useLabels();
  const label = t('intake.likedLanguage');
  return (
    <div className={styles.wish}>
      <Select
        label={label} placeholder={t('intake.wishHint')} data={labels.options('languages').filter(({ value }) => value !== must)} value={chosen === '' || chosen === must ? null : chosen}
        searchable clearable selectFirstOptionOnChange nothingFoundMessage={t('common.nothingFound')} clearButtonProps={{ 'aria-label': t('intake.wishClear', { label }) }}
        filter={({ options: all, search }) => all.filter((option) => 'value' in option && finds(search, labels.wordsOf('languages', String(option.value))))}
        onChange={(language) => onChange(language ?? '')}
      />
    </div>
  );
}

/** Of all peers there are: the server looks for what is typed. */
function PeerWish({ wish, onChange }: { wish: Wish | null; onChange: (wish: Wish | null) => void }): ReactElement {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed.trim(), TYPING_MS);
  const { data: found = [] } = useQuery(queries.peersNamed(asked));
  const [chosen, setChosen] = useState<Option | null>(null);
  const options = found.map(({ id, name }): Option => ({ value: id, label: name }));
  // Whoever is chosen stays so, whatever is looked for next.
  const all = chosen === null || options.some(({ value }) => value === chosen.value) ? options : [chosen, ...options];
  const choose = (next: Wish | null): void => {
    setChosen(all.find(({ value }) => value === next?.value) ?? null);
    onChange(next);
  };
  return <WishField label={t('intake.samePeer')} options={all} wish={wish} onChange={choose} onSearch={setTyped} />;
}

function WishField({ label, options, wish, onChange, onSearch, error }: {
  label: string; options: readonly Option[]; wish: Wish | null; onChange: (wish: Wish | null) => void; onSearch?: (typed: string) => void; error?: string;
}): ReactElement {
  const { t } = useTranslation();
  return (
    <div className={styles.wish}>
      <Select
        label={label} placeholder={t('intake.wishHint')} data={[...options]} value={wish?.value ?? null} {...(onSearch ? { onSearchChange: onSearch } : {})} searchable clearable selectFirstOptionOnChange error={error} nothingFoundMessage={t('common.nothingFound')}
        clearButtonProps={{ 'aria-label': t('intake.wishClear', { label }) }} filter={({ options: all, search }) => all.filter((option) => 'value' in option && finds(search, option.label))}
        onChange={(value) => onChange(value === null ? null : { value, strength: wish?.strength ?? 'would-like' })}
      />
      {wish && <OneOf label={t('intake.strength')} options={STRENGTHS.map((value) => ({ value, label: t(`strength.${value}`) }))} chosen={wish.strength} onChange={(strength) => onChange({ ...wish, strength })} />}
    </div>
  );
}
