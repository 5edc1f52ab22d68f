import { MultiSelect } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useLabels } from '../parts/labels.js';
import { finds } from './search.js';

const KINDS = ['experience', 'populations', 'skills'] as const;

/** What would help, as tokens found by typing; values are `kind:code`. */
export function NeedsField({ chosen, onChange, error }: { chosen: readonly string[]; onChange: (needs: string[]) => void; error?: string }): ReactElement {
  const { t } = useTranslation();
  const labels = useLabels();
  const groups = KINDS.map((kind) => ({
    group: t(`needs.${kind}`),
    items: labels.options(kind).map(({ value, label }) => ({ value: `${kind}:${value}`, label })),
  })).filter((group) => group.items.length > 0);
  const words = new Map<string, string>(KINDS.flatMap((kind) => labels.options(kind).map(({ value }) => [`${kind}:${value}`, labels.wordsOf(kind, value)] as const)));
  return (
    <MultiSelect
      label={t('intake.needs')}
      placeholder={chosen.length === 0 ? t('intake.needsHint') : undefined}
      data={groups}
      value={[...chosen]}
      onChange={onChange}
      error={error}
      searchable
      selectFirstOptionOnChange
      filter={({ options, search }) => options.flatMap((group) => {
        if (!('items' in group)) return [];
        const items = group.items.filter((item) => finds(search, words.get(String(item.value)) ?? ''));
        return items.length === 0 ? [] : [{ ...group, items }];
      })}
      maxValues={12}
      hidePickedOptions
      nothingFoundMessage={t('common.nothingFound')}
      comboboxProps={{ withinPortal: true }}
    />
  );
}
