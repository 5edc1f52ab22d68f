import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactView, RequestPlaceView } from '../../dispatch/contact.contract.js';
import { call } from '../api/http.js';
import { left } from '../time/format.js';
import { useNow } from '../time/now.js';
import { Icon } from './icons.js';
import styles from './parts.module.css';
import { ProblemNote } from './problem-note.js';

const OPEN_MS = 60_000;

/** Opens on purpose, closes by itself; what it showed is kept nowhere on this page. */
export function SealedContact({ requestId, size = 'sm' }: { requestId: string; size?: 'sm' | 'lg' }): ReactElement {
  const { t } = useTranslation();
  const [closesAt, setClosesAt] = useState(0);
  const { data, error, isPending, mutate, reset } = useMutation({
    mutationFn: () => call<ContactView>(`/requests/${encodeURIComponent(requestId)}/contact`),
    onSuccess: () => setClosesAt(Date.now() + OPEN_MS),
    gcTime: 0,
  });
  useEffect(() => {
    if (!data) return undefined;
    const timer = setTimeout(reset, Math.max(0, closesAt - Date.now()));
    return () => clearTimeout(timer);
  }, [data, closesAt, reset]);

  if (!data) {
    return (
      <div>
        <Button variant="default" size={size} fullWidth={size === 'lg'} h={size === 'lg' ? 52 : undefined} loading={isPending} leftSection={<Icon name="lock" />} onClick={() => mutate()}>
          {t('contact.open')}
        </Button>
        <p className={styles.hint}>{t('contact.recorded')}</p>
        <ProblemNote fault={error} />
      </div>
    );
  }
  return (
    <section className={styles.sealed} data-sealed aria-label={t('contact.title')}>
      <dl>
        <dt>{t('contact.callback')}</dt>
        <dd className="pd-figures">{data.callback ? <Callback value={data.callback} /> : <span className="pd-dim">{t('contact.noCallback')}</span>}</dd>
        <dt>{t('contact.place')}</dt>
        <dd className="pd-figures">{data.place ? placeOf(data.place) : <span className="pd-dim">{t('contact.noPlace')}</span>}</dd>
        <dt>{t('contact.story')}</dt>
        <dd className={styles.story}>{data.story ?? <span className="pd-dim">{t('contact.noStory')}</span>}</dd>
      </dl>
      <div className={styles.sealedFoot}>
        <ClosesIn at={closesAt} />
        <Button variant="subtle" size="compact-sm" onClick={reset}>{t('contact.close')}</Button>
      </div>
    </section>
  );
}

function placeOf({ zip, county, lat, lon }: RequestPlaceView): string {
  return [zip, county, lat === null || lon === null ? null : `${lat}, ${lon}`].filter((known) => known !== null).join(' · ');
}

function Callback({ value }: { value: string }): ReactElement {
  const digits = value.replace(/[^\d+]/g, '');
  return /^\+?[\d\s().-]{7,}$/.test(value) ? <a href={`tel:${digits}`}>{value}</a> : <>{value}</>;
}

function ClosesIn({ at }: { at: number }): ReactElement {
  const { t } = useTranslation();
  useNow();
  return <span className="pd-dim pd-figures">{t('contact.closesIn', { time: left(at - Date.now()) })}</span>;
}
