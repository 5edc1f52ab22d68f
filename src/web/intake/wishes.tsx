import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '../api/queries.js';
import { useLabels } from '../parts/labels.js';
import { OneOf } from '../parts/tokens.js';
import type { Draft, Strength, Wish } from './draft.js';
import styles from './intake.module.css';
import { finds } from './search.js';

const STRENGTHS: readonly Strength[] = ['would-like', 'must'];

/** Whom the person would like to talk to, and how firm that is. */
export function WishFields({ draft, onChange, error }: { draft: Draft; onChange: (change: Partial<Draft>) => void; error?: string }): ReactElement {
  const { t } = useTranslation();
  const labels = useLabels();
  const { data: peers = [] } = useQuery(queries.peers());
  return (
    <>
      <WishField label={t('intake.gender')} options={labels.options('genders')} wish={draft.gender} onChange={(gender) => onChange({ gender })} error={error} />
      <WishField label={t('intake.samePeer')} options={peers.map(({ id, name }) => ({ value: id, label: name }))} wish={draft.samePeer} onChange={(samePeer) => onChange({ samePeer })} />
    </>
  );
}

function WishField({ label, options, wish, onChange, error }: { label: string; options: { value: string; label: string }[]; wish: Wish | null; onChange: (wish: Wish | null) => void; error?: string }): ReactElement {
  const { t } = useTranslation();
  return (
    <div className={styles.wish}>
      <Select
        label={label} placeholder={t('intake.wishHint')} data={options} value={wish?.value ?? null} searchable clearable selectFirstOptionOnChange error={error} nothingFoundMessage={t('common.nothingFound')}
        clearButtonProps={{ 'aria-label': t('intake.wishClear', { label }) }} filter={({ options: all, search }) => all.filter((option) => 'value' in option && finds(search, option.label))}
        onChange={(value) => onChange(value === null ? null : { value, strength: wish?.strength ?? 'would-like' })}
      />
      {wish && <OneOf label={t('intake.strength')} options={STRENGTHS.map((value) => ({ value, label: t(`strength.${value}`) }))} chosen={wish.strength} onChange={(strength) => onChange({ ...wish, strength })} />}
    </div>
  );
}
