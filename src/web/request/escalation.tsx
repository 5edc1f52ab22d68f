import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { EscalationView } from '../../dispatch/contract.js';
import { useAction } from '../api/actions.js';
import { language } from '../i18n.js';
import { EscalationSteps } from '../parts/confirm-contact.js';
import { ProblemNote } from '../parts/problem-note.js';
import { Script } from '../parts/script.js';
import { clockTime } from '../time/format.js';
import { Elapsed, serverNow } from '../time/now.js';
import styles from './request.module.css';

/** Who has it, since when, and the ways out: help has arrived, or peers after all. */
export function EscalationOf({ escalation, mustAct }: { escalation: EscalationView; mustAct: boolean }): ReactElement {
  const { t } = useTranslation();
  const back = useAction(() => ({ path: `/escalations/${escalation.id}/return-to-search` }));
  const { acknowledgedByName: holder } = escalation;
  return (
    <section className={styles.escalation} data-tone={mustAct ? 'act' : 'soon'} aria-labelledby="escalation-title">
      <div className={styles.escalationHead}>
        <h2 id="escalation-title">{t(`cause.${escalation.cause}`)}</h2>
        <p>
          {mustAct ? t('alarm.nobodyHasIt') : holder === null ? t('alarm.inHand') : t('escalation.hasIt', { name: holder })} <Elapsed since={escalation.acknowledgedAt ?? escalation.openedAt} />
          {escalation.supervisorAt === null && escalation.pagesSent > 0 && <> · {t('alarm.pages', { count: escalation.pagesSent })}</>}
        </p>
        <EscalationSteps escalation={escalation} />
        <Button variant="default" size="sm" loading={back.isPending} onClick={() => back.mutate()}>{t('escalation.back')}</Button>
      </div>
      <ProblemNote fault={back.error} at="desk" />
      {escalation.script && <Script script={escalation.script} />}
    </section>
  );
}

/** Who said so, and when; nobody has to act any more. */
export function HelpIsThere({ escalation }: { escalation: EscalationView }): ReactElement {
  const { t } = useTranslation();
  const { contactConfirmedBy: by, contactConfirmedName: name, contactConfirmedAt: at } = escalation;
  return (
    <p className={styles.helpIsThere}>
      {t('escalation.helpIsThere', { name: name ?? t(`confirmedBy.${by ?? 'other'}`) })}
      {at !== null && <> · <time dateTime={at}>{clockTime(new Date(at), new Date(serverNow()), language())}</time></>}
    </p>
  );
}
