import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { queries } from '../api/queries.js';
import { Icon } from '../parts/icons.js';
import { useLeadingTab } from '../parts/leading-tab.js';
import { play, useAwaitSound, useRinging, useSound } from '../parts/sound.js';
import { useAlarmBadge } from '../shell/title.js';
import { Elapsed, serverNow } from '../time/now.js';
import styles from './board.module.css';
import { note } from './last-heard.js';
import { audible, soundBetween, type Audible } from './sound-rule.js';

const AGAIN_MS = 20_000;
const ringAlarm = (): void => play('alarm', 'desk');

/** Looks after the alarms on every page of the desk: heard, seen in the tab's name, and named where the board is not in sight. */
export function DeskWatch(): ReactElement | null {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const { data: board } = useQuery(queries.board());
  const open = board?.alarms.filter(({ acknowledgedAt }) => acknowledgedAt === null) ?? [];
  const oldest = open.map(({ since }) => since).toSorted()[0];
  const { on, state } = useSound('desk');
  // The supervisors' page has a bell of its own.
  const mayBeHeard = state === 'ready' && on && pathname !== '/supervisor';
  const leads = useLeadingTab('sound', mayBeHeard);
  const rings = useLeadingTab('ringing', mayBeHeard && open.length > 0);
  const heard = useRef<Audible | null>(null);
  useAlarmBadge(open.length);
  useAwaitSound();

  useEffect(() => {
    if (!board) return;
    const now = audible(board);
    const sound = soundBetween(heard.current, now);
    heard.current = now;
    if (!sound) return;
    note(sound, serverNow());
    // The first alarm rings below, once it is sure that no other tab does; further ones are heard as they arrive.
    if (sound.kind === 'alarm' ? rings : leads) play(sound.kind, 'desk');
  }, [board, leads, rings]);

  useRinging(rings, ringAlarm, AGAIN_MS);

  const supervising = pathname.startsWith('/supervisor/');
  // The board and the supervisors' page name each of them.
  if (oldest === undefined || pathname.startsWith('/board') || pathname === '/supervisor') return null;
  return (
    <section className={styles.elsewhere} aria-label={t('alarm.title')}>
      <Icon name="alert" size={18} />
      <p role="alert">{t('alarm.elsewhere', { count: open.length })}</p>
      <Elapsed since={oldest} />
      <Button component={Link} to={supervising ? '/supervisor' : '/board'} variant="default" size="compact-sm">{t(supervising ? 'account.toSupervisor' : 'alarm.toBoard')}</Button>
    </section>
  );
}
