import { Button } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BoardAlarmView, BoardView, EscalationView } from '../../dispatch/contract.js';
import { useAction } from '../api/actions.js';
import type { Programme } from '../api/types.js';
import { EscalationSteps } from '../parts/confirm-contact.js';
import { Icon } from '../parts/icons.js';
import { ProblemNote } from '../parts/problem-note.js';
import { Script } from '../parts/script.js';
import { Elapsed } from '../time/now.js';
import { byGravity, speaks } from './alarm-order.js';
import styles from './board.module.css';
import { inHand } from './filter.js';

/** More would push the list out of sight; the others are one tap away. */
const SHOWN = 3;

/** What a person must act on now. It stays until somebody has; nothing here closes by itself. */
export function Alarms({ board, programmes }: { board: BoardView; programmes: readonly Programme[] }): ReactElement | null {
  const { t } = useTranslation();
  const held = inHand(board.requests);
  const [all, setAll] = useState(false);
  const most = all ? Number.POSITIVE_INFINITY : SHOWN;
  if (board.alarms.length === 0 && held.length === 0) return null;
  return (
    <section className={styles.alarms} aria-label={t('alarm.title')}>
      {/* Said once when it changes; the running times beside it would be read out every second. */}
      <p className="pd-hidden" role="alert">{t('alarm.announce', { count: board.alarms.length })}</p>
      {byGravity(board.alarms).slice(0, most).map((alarm, index) => (
        alarm.escalation
          ? <EscalationAlarm key={alarm.escalation.id} escalation={alarm.escalation} requestId={alarm.subjectId} number={numberOf(board, alarm.subjectId)} open={index === 0 && speaks(alarm)} />
          : <PlainAlarm key={alarm.id} alarm={alarm} number={numberOf(board, alarm.subjectId)} programmes={programmes} />
      ))}
      {held.slice(0, most).map((request) => request.escalation && (
        <EscalationAlarm key={request.escalation.id} escalation={request.escalation} requestId={request.id} number={request.number} open={false} />
      ))}
      {Math.max(board.alarms.length, held.length) > SHOWN && (
        <div className={styles.moreAlarms}>
          <Button variant="default" size="sm" aria-expanded={all} onClick={() => setAll(!all)}>{all ? t('alarm.showFewer') : t('alarm.showAll', { count: board.alarms.length + held.length })}</Button>
        </div>
      )}
    </section>
  );
}

function numberOf(board: BoardView, requestId: string): number | null {
  return board.requests.find(({ id }) => id === requestId)?.number ?? null;
}

function EscalationAlarm({ escalation, requestId, number, open }: { escalation: EscalationView; requestId: string; number: number | null; open: boolean }): ReactElement {
  const { t } = useTranslation();
  const [shown, setShown] = useState(open);
  const mustAct = escalation.acknowledgedAt === null;
  return (
    <div className={styles.alarm} data-tone={mustAct ? 'act' : 'soon'}>
      <div className={styles.alarmLine}>
        <Icon name="alert" size={18} />
        <p>
          <strong>{t(`cause.${escalation.cause}`)}{number !== null && ` #${number}`}</strong>
          <span>{mustAct ? t('alarm.nobodyHasIt') : t(escalation.acknowledgedByName ? 'alarm.inHandOf' : 'alarm.inHand', { name: escalation.acknowledgedByName })}</span>
          <Elapsed since={escalation.acknowledgedAt ?? escalation.openedAt} />
          {mustAct && escalation.pagesSent > 0 && <span>{t('alarm.pages', { count: escalation.pagesSent })}</span>}
        </p>
        <div className={styles.alarmActs}>
          {escalation.script && (
            <Button variant="default" size="sm" aria-expanded={shown} onClick={() => setShown(!shown)}>{t(shown ? 'script.hide' : 'script.show')}</Button>
          )}
          <Button component={Link} to={`/requests/${requestId}`} variant="default" size="sm">{t('common.open')}</Button>
          <EscalationSteps escalation={escalation} />
        </div>
      </div>
      {shown && escalation.script && <Script script={escalation.script} />}
    </div>
  );
}

/** Who has such an alarm may reach the peer by another way, and says so here. */
const ABOUT_A_PEER: ReadonlySet<string> = new Set(['safety-check-missed', 'contact-unheard']);

function PlainAlarm({ alarm, number, programmes }: { alarm: BoardAlarmView; number: number | null; programmes: readonly Programme[] }): ReactElement {
  const { t } = useTranslation();
  const programme = programmes.find((each) => each.id === alarm.programmeId)?.name ?? t('board.aProgramme');
  const { mutate, isPending, error } = useAction(() => ({ path: `/alarms/${alarm.id}/acknowledge` }));
  const heardOf = useAction(() => ({ path: `/alarms/${alarm.id}/heard-of` }));
  const mustAct = alarm.acknowledgedAt === null;
  return (
    <div className={styles.alarm} data-tone={mustAct ? 'act' : 'soon'}>
      <div className={styles.alarmLine}>
        <Icon name="alert" size={18} />
        <p>
          <strong>{t(`alarm.${alarm.kind}`, { programme })}{number !== null && ` #${number}`}</strong>
          {!mustAct && <span>{t(alarm.acknowledgedByName ? 'alarm.takenBy' : 'alarm.taken', { name: alarm.acknowledgedByName })}</span>}
          <Elapsed since={alarm.acknowledgedAt ?? alarm.since} />
          {mustAct && alarm.pagesSent > 0 && <span>{t('alarm.pages', { count: alarm.pagesSent })}</span>}
        </p>
        <div className={styles.alarmActs}>
          {alarm.subjectId !== alarm.programmeId && (
            <Button component={Link} to={`/requests/${alarm.subjectId}`} variant="default" size="sm">{t('common.open')}</Button>
          )}
          {ABOUT_A_PEER.has(alarm.kind) && (
            <Button variant="default" size="sm" loading={heardOf.isPending} onClick={() => heardOf.mutate()}>{t('alarm.heardOf')}</Button>
          )}
          {mustAct && <Button color="red.7" size="sm" loading={isPending} onClick={() => mutate()}>{t('escalation.haveThis')}</Button>}
        </div>
      </div>
      <ProblemNote fault={error ?? heardOf.error} />
    </div>
  );
}
