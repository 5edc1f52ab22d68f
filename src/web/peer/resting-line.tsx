import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '../api/queries.js';
import { language } from '../i18n.js';
import { clockTime } from '../time/format.js';
import { useNow } from '../time/now.js';

/** What the server goes by: until then nobody is to ask them. */
export function RestingLine(): ReactElement | null {
  const { t } = useTranslation();
  const now = useNow();
  const { data: until } = useQuery(queries.resting());
  if (!until || Date.parse(until) <= now) return null;
  return <p className="pd-figures">{t('rest.until', { time: clockTime(new Date(until), new Date(now), language()) })}</p>;
}
