import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '../api/types.js';
import { language } from '../i18n.js';
import { ProblemNote } from '../parts/problem-note.js';
import { useMe } from '../shell/session.js';
import { needsHomeScreen, useInstall } from './install.js';
import styles from './notify.module.css';
import { pushState, startPush, type PushState } from './push.js';

const KEY = ['push-state'];

interface Push {
  readonly state: PushState | undefined;
  /** What to say about it: an iPhone can be told once the page is on its home screen. */
  readonly way: PushState | 'homeScreen' | undefined;
  readonly start: () => void;
  readonly starting: boolean;
  readonly error: Error | null;
}

/** What this browser does about notifications; looked at again whenever somebody comes back to the page. */
export function usePush(): Push {
  const me = useMe();
  const client = useQueryClient();
  const { data: state } = useQuery({ queryKey: KEY, queryFn: () => pushState(me.pushPublicKey), staleTime: 0 });
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => startPush(me.pushPublicKey, language()),
    onSettled: (found) => (found ? client.setQueryData(KEY, found) : client.invalidateQueries({ queryKey: KEY })),
  });
  const start = (): void => mutate();
  useRefresh(me, state, start);
  return { state, way: state === 'unsupported' && needsHomeScreen() ? 'homeScreen' : state, start, starting: isPending, error };
}

/** A standing word while this phone cannot be told: what that means, and what to do about it. */
export function Notifying({ onDuty }: { onDuty: boolean }): ReactElement | null {
  const { t } = useTranslation();
  const { state, way, start, starting, error } = usePush();
  if (state === undefined || state === 'on') return null;
  return (
    <section className={styles.warning} data-quiet={onDuty ? undefined : true} aria-label={t('notify.title')}>
      <p><strong>{t(`notify.${way}.what`)}</strong> {t(`notify.${way}.then`)}</p>
      {state === 'ready' && <Button variant="default" size="md" loading={starting} onClick={start}>{t('notify.turnOn')}</Button>}
      <ProblemNote fault={error} />
    </section>
  );
}

/**
 * Browsers change the address now and then, the language may be another, and pushes end with the session they were asked for
 * in: told anew once in each visit and after each sign-in.
 */
function useRefresh(me: Me, state: PushState | undefined, start: () => void): void {
  useEffect(() => {
    if (state !== 'on' || refreshedFor === me) return;
    refreshedFor = me;
    start();
  });
}
let refreshedFor: Me | null = null;

/** The home screen, where the browser offers it. */
export function InstallHint(): ReactElement | null {
  const { t } = useTranslation();
  const install = useInstall();
  if (!install) return null;
  return (
    <section className={`${styles.warning} ${styles.card}`} data-quiet aria-label={t('install.title')}>
      <p>{t('install.help')}</p>
      <Button variant="default" size="md" onClick={() => void install()}>{t('install.do')}</Button>
    </section>
  );
}
