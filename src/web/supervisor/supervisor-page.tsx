import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate } from 'react-router';
import { queries } from '../api/queries.js';
import { HonestState } from '../board/honest-state.js';
import icon from '../icon.svg';
import { Failed, troubleOf } from '../parts/failed.js';
import { useLeadingTab } from '../parts/leading-tab.js';
import { play, useAwaitSound, useRinging, useSound, type SoundSwitch } from '../parts/sound.js';
import { AccountMenu } from '../shell/account-menu.js';
import { DemoBadge } from '../shell/demo-badge.js';
import { useMe } from '../shell/session.js';
import { useTitle } from '../shell/title.js';
import { Consults } from './consults.js';
import { DecisionCard, Others } from './decision-card.js';
import { decisionsOf, inSight, type Decision } from './decisions.js';
import { OwnDuty } from './own-duty.js';
import { OwnEscalations } from './own-escalations.js';
import { PushNote } from './push-note.js';
import { supervision } from './queries.js';
import { CoverAndWays, NeedsMe, useNeedsMe } from '../supervision/needs-me.js';
import { Ways } from '../supervision/ways.js';
import styles from './supervisor.module.css';
import { HandingOver, Team } from './team.js';

const AGAIN_MS = 6_000;
const ringAlarm = (): void => play('alarm', 'phone');

/** Pages are pushed to whoever took a request in and to supervisor leads, too: they find them on the board, and on the page of the leads. */
export function SupervisorPage(): ReactElement {
  const { roles } = useMe().account;
  if (roles.includes('supervisor')) return <Night />;
  return <Navigate to={roles.includes('supervisor-lead') ? '/supervisor/appoint' : '/board'} replace />;
}

/** One decision at a time, the gravest first; below it what I have taken on; beside or below that, who serves. */
function Night(): ReactElement {
  const { t } = useTranslation();
  const me = useMe();
  const pages = useQuery(supervision.pages());
  const consults = useQuery(supervision.consults());
  const escalations = useQuery(supervision.escalations());
  const team = useQuery(supervision.team());
  const { data: programmes = [] } = useQuery(queries.programmes());
  const decisions = decisionsOf(pages.data ?? [], consults.data ?? []);
  const peersWait = useNeedsMe();
  const sound = useSound('supervisor');
  useAwaitSound();
  // A board in another tab of this device does not ring on top of it.
  useRinging(useLeadingTab('ringing', decisions.length > 0 && sound.on && sound.state === 'ready'), ringAlarm, AGAIN_MS);
  useTitle(t('supervise.title'), me);
  const all = [pages, consults, escalations, team];
  const error = all.map(troubleOf).find((trouble) => trouble !== null) ?? null;
  const ready = pages.data && consults.data && escalations.data && team.data;
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <img src={icon} alt="" width={24} height={24} />
        <h1>{t('supervise.title')}</h1>
        <DemoBadge demo={me.organisation?.demo} />
        <span className={styles.push} />
        <Link to="/board" className={styles.toBoard}>{t('supervise.board')}</Link>
        <Bell sound={sound} />
        <AccountMenu />
      </header>
      <Ways />
      {ready && <HonestState updatedAt={Math.min(...all.map(({ dataUpdatedAt }) => dataUpdatedAt))} failing={error !== null} degraded={team.data.degraded} onRetry={() => all.forEach(({ refetch }) => void refetch())} />}
      {!ready && <main className={styles.main}>{error ? <Failed fault={error} at="desk" onRetry={() => all.forEach(({ refetch }) => void refetch())} /> : <p className="pd-dim" aria-busy="true">{t('page.loading')}</p>}</main>}
      {ready && (
        <main className={styles.main}>
          <div className={styles.work}>
            <p className="pd-hidden" role="alert">{decisions.length > 0 && t('supervise.announce', { count: decisions.length })}</p>
            {(decisions.length > 0 || !peersWait) && <Decisions decisions={decisions} programmes={programmes} calm={escalations.data.length === 0} />}
            <NeedsMe />
            <OwnEscalations escalations={escalations.data.filter(({ supervisorAt }) => supervisorAt !== null)} />
            <Consults consults={consults.data} />
          </div>
          <div className={styles.side}>
            <OwnDuty programmes={programmes} places={team.data.onCall} />
            <PushNote />
            <CoverAndWays />
            <HandingOver callers={team.data.handingOver} />
            <Team team={team.data} />
          </div>
        </main>
      )}
    </div>
  );
}

function Decisions({ decisions, programmes, calm }: { decisions: readonly Decision[]; programmes: Parameters<typeof DecisionCard>[0]['programmes']; calm: boolean }): ReactElement {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<{ id: string; before: string | null } | null>(null);
  const shown = inSight(decisions, chosen);
  if (!shown) return <div className={styles.quietNight}><p>{t(calm ? 'supervise.quiet' : 'supervise.nothingNew')}</p><p className="pd-dim">{t('supervise.quietHelp')}</p></div>;
  return (
    <>
      <DecisionCard key={shown.id} decision={shown} programmes={programmes} />
      <Others decisions={decisions.filter(({ id }) => id !== shown.id)} programmes={programmes} onChoose={(id) => setChosen({ id, before: decisions[0]?.id ?? null })} />
    </>
  );
}

/** Its visible twin is the card in red; a browser that has not been touched yet cannot sound, and says so. */
function Bell({ sound }: { sound: SoundSwitch }): ReactElement {
  const { t } = useTranslation();
  const state = !sound.on ? 'off' : sound.state === 'ready' ? 'on' : 'waiting';
  return (
    <button type="button" role="switch" aria-checked={sound.on} aria-label={t('supervise.sound.label')} className={styles.sound} data-state={state} title={t(`supervise.sound.${state}Help`)} onClick={() => sound.turn(!sound.on)}>
      <svg viewBox="0 0 16 16" width="18" height="18" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
        <path d="M2.5 6v4H5l3.5 3V3L5 6Z" />
        <path d={sound.on ? 'M10.8 5.6a3.4 3.4 0 0 1 0 4.8M12.8 3.8a6 6 0 0 1 0 8.4' : 'M11 6.2l3.4 3.6M14.4 6.2 11 9.8'} />
      </svg>
      <span>{t(`supervise.sound.${state}`)}</span>
    </button>
  );
}
