import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queries } from '../api/queries.js';
import type { CatalogueKind, Labelled } from '../api/types.js';
import { language } from '../i18n.js';
import { languageName } from './language-name.js';

interface Labels {
  /** The catalogue's word for a code. While the catalogue is on its way: the browser's word for a language, else the code itself. */
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
      if (item) return label(item);
      return kind === 'languages' ? languageName(code, language()) : code;
    },
    wordsOf: (kind, code) => {
      const item = listOf(kind).find((each) => each.code === code);
      return `${code} ${item?.label.en ?? ''} ${item?.label.es ?? ''}`;
    },
    options: (kind) => listOf(kind).filter(({ active }) => active).map((item) => ({ value: item.code, label: label(item) })),
  };
}
