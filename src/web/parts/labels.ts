import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queries } from '../api/queries.js';
import type { CatalogueKind, Labelled } from '../api/types.js';
import { language } from '../i18n.js';

export interface Labels {
  /** The catalogue's word for a code; the code itself while the catalogue is on its way. */
  of(kind: CatalogueKind, code: string): string;
  options(kind: CatalogueKind): { value: string; label: string }[];
  /** Everything a search may find it by: its code and its words in both languages. */
  wordsOf(kind: CatalogueKind, code: string): string;
}

export function useLabels(): Labels {
  const { data } = useQuery(queries.catalogue());
  useTranslation();
  const label = (item: Labelled): string => item.label[language()];
  const listOf = (kind: CatalogueKind): readonly Labelled[] => data?.[kind] ?? [];
  return {
    of: (kind, code) => {
      const item = listOf(kind).find((each) => each.code === code);
      return item ? label(item) : code;
    },
    wordsOf: (kind, code) => {
      const item = listOf(kind).find((each) => each.code === code);
      return `${code} ${item?.label.en ?? ''} ${item?.label.es ?? ''}`;
    },
    options: (kind) => listOf(kind).filter(({ active }) => active).map((item) => ({ value: item.code, label: label(item) })),
  };
}
