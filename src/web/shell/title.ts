import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '../api/types.js';

/** The tab's name: the page and the organisation, never anything about a person. */
export function useTitle(page: string, me?: Me): void {
  const { t } = useTranslation();
  const organisation = me?.organisation?.name ?? t('product');
  useEffect(() => {
    document.title = `${page} · ${organisation}`;
  }, [page, organisation]);
}
