import { Button, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { StaffRequestView } from '../../dispatch/contract.js';
import type { AssignByHandDto } from '../../dispatch/match.contract.js';
import { useAction } from '../api/actions.js';
import { ApiProblem } from '../api/problem.js';
import { ProblemNote } from '../parts/problem-note.js';
import styles from './assign.module.css';
import type { Choice, Seat } from './candidates.js';

const AGREED = ['no', 'by-phone', 'in-person'] as const;
type Agreed = (typeof AGREED)[number];

/** How the peer agreed, and why a rule may be lifted for them. Asking them first is the way that can surprise nobody. */
export function AssignHow({ request, seat, choice, onWritten, onDone }: { request: StaffRequestView; seat: Seat; choice: Choice; onWritten: (written: boolean) => void; onDone: () => void }): ReactElement {
  const { t } = useTranslation();
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({});
  const [sent, setSent] = useState<Agreed | null>(null);
  const toLift = choice.candidate?.toLift ?? [];
  const blocked = toLift.some(({ mayLift }) => !mayLift);
  const lacking = toLift.some(({ gate }) => (reasons[gate] ?? '').trim() === '');
  const { mutate, isPending, error } = useAction<StaffRequestView, Agreed>(
    (agreed) => ({ path: `/requests/${request.id}/assign`, body: { personId: choice.personId, seat, agreed, overrides: toLift.map(({ gate }) => ({ gate, reason: reasons[gate] ?? '' })) } satisfies AssignByHandDto }),
    {
      done: () => {
        notifications.show({ message: t(sent === 'no' ? 'assign.asking' : seat === 'lead' ? 'assign.assigned' : 'assign.seated', { name: choice.name }), color: 'teal' });
        onDone();
      },
    },
  );
  const write = (gate: string, reason: string): void => {
    const all = { ...reasons, [gate]: reason };
    setReasons(all);
    onWritten(Object.values(all).some((text) => text.trim() !== ''));
  };
  const send = (agreed: Agreed): void => {
    setSent(agreed);
    mutate(agreed);
  };
  return (
    <fieldset className={styles.agreed} disabled={isPending}>
      <legend>{t('assign.how', { name: choice.name })}</legend>
      {blocked && <p className={styles.note}>{t('assign.onlySupervisor')}</p>}
      {!blocked && toLift.map(({ gate }) => (
        <Textarea
          key={gate} label={t('assign.reason', { gate: t(`gate.${gate}.name`) })} description={t('assign.reasonSealed')} required autosize={false} rows={2} maxLength={500} autoComplete="off"
          value={reasons[gate] ?? ''} onChange={(event) => write(gate, event.currentTarget.value)}
        />
      ))}
      <div className={styles.buttons}>
        {AGREED.map((agreed) => (
          <Button key={agreed} size="sm" variant={agreed === 'no' ? 'filled' : 'default'} disabled={blocked || lacking} loading={isPending && sent === agreed} onClick={() => send(agreed)}>
            {t(`agreed.${agreed}`)}
          </Button>
        ))}
      </div>
      <p className={styles.hint}>{t('assign.help')}</p>
      <Refused fault={error} name={choice.name} />
    </fieldset>
  );
}

/** Whoever is unavailable is that and nothing else; of rules that nobody lifts, their names. */
function Refused({ fault, name }: { fault: unknown; name: string }): ReactElement | null {
  const { t } = useTranslation();
  if (!(fault instanceof ApiProblem)) return <ProblemNote fault={fault} at="desk" />;
  if (fault.code === 'peer-unavailable') return <p className={styles.note} role="alert">{t('assign.unavailable', { name })}</p>;
  if (fault.code !== 'gate-closed') return <ProblemNote fault={fault} at="desk" />;
  return <p className={styles.note} role="alert">{t('assign.closed', { name, gates: fault.faults.map(({ code }) => t([`outBy.${code}`, 'outBy.other'])).join(', ') })}</p>;
}
