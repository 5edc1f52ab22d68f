import { Button, Kbd, Modal } from '@mantine/core';
import { useEffect, useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { StaffRequestView } from '../../dispatch/contract.js';
import { useAction } from '../api/actions.js';
import { Icon } from '../parts/icons.js';
import { useSentence } from '../parts/problem-note.js';
import { elapsed } from '../time/format.js';
import { serverNow, useNow } from '../time/now.js';
import styles from './list.module.css';

const CAUSES = ['coordinator', 'imminent-danger', 'medical-emergency', 'needs-clinician', 'beyond-scope'] as const;
const REASONS = ['requester-withdrew', 'duplicate', 'helped-elsewhere', 'entered-by-mistake'] as const;

const SEEN_MS = 8_000;

type Row = Pick<StaffRequestView, 'id' | 'number'>;
/** What came of the last act; it stays until the next one or until it is put away. */
interface Outcome {
  readonly row: Row;
  readonly said: 're-offered' | 'escalated' | 'cancelled' | 'restored';
  readonly fault: Error | null;
  /** A cancel can be taken back until then (server time, ms). */
  readonly undoUntil: number | null;
}
interface Sent {
  readonly row: Row;
  readonly path: string;
  readonly body?: unknown;
  readonly said: Outcome['said'];
}

interface DeskActs {
  reOffer(row: Row): void;
  escalate(row: Row): void;
  cancel(row: Row): void;
  undo(): void;
  readonly dialog: ReactElement;
  readonly outcome: ReactElement | null;
}

/** What the keys of the board do to the selected request, and what came of it. */
export function useDeskActs(onLeave: () => void): DeskActs {
  const { t } = useTranslation();
  const [asking, ask] = useState<{ readonly what: 'escalate' | 'cancel'; readonly row: Row } | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const { mutate, isPending } = useAction<StaffRequestView, Sent>(({ path, body }) => ({ path, body }));
  useEffect(() => {
    // What went wrong stays until it is read; what went well has been seen by then, and the board shows it.
    if (!outcome || outcome.fault || outcome.undoUntil !== null) return undefined;
    const timer = setTimeout(() => setOutcome((now) => (now === outcome ? null : now)), SEEN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const send = (sent: Sent): void => mutate(sent, {
    onSuccess: (answer) => setOutcome({ row: sent.row, said: sent.said, fault: null, undoUntil: answer.undoUntil === null ? null : Date.parse(answer.undoUntil) }),
    onError: (fault) => setOutcome({ row: sent.row, said: sent.said, fault, undoUntil: null }),
  });
  const leave = (): void => {
    ask(null);
    // After the dialogue has given the focus back: the row may have gone meanwhile.
    requestAnimationFrame(onLeave);
  };
  const undo = (): void => {
    if (outcome?.undoUntil && serverNow() < outcome.undoUntil) send({ row: outcome.row, path: `/requests/${outcome.row.id}/undo-cancel`, said: 'restored' });
  };
  return {
    reOffer: (row) => send({ row, path: `/requests/${row.id}/re-offer`, said: 're-offered' }),
    escalate: (row) => ask({ what: 'escalate', row }),
    cancel: (row) => ask({ what: 'cancel', row }),
    undo,
    outcome: outcome && <Told outcome={outcome} busy={isPending} onUndo={undo} onClose={() => setOutcome(null)} />,
    dialog: (
      <>
        <Choice
          what="escalate" row={asking?.what === 'escalate' ? asking.row : null} options={CAUSES} labelOf={(cause) => t(`cause.${cause}`)} onClose={leave}
          onChoose={(row, cause) => send({ row, path: `/requests/${row.id}/escalate`, body: { cause }, said: 'escalated' })}
        />
        <Choice
          what="cancel" row={asking?.what === 'cancel' ? asking.row : null} options={REASONS} labelOf={(reason) => t(`cancelReason.${reason}`)} onClose={leave}
          onChoose={(row, reason) => send({ row, path: `/requests/${row.id}/cancel`, body: { reason }, said: 'cancelled' })}
        />
      </>
    ),
  };
}

/** One press more, so that a slipping key pages nobody: a number, or Enter for the first. */
function Choice<T extends string>({ what, row, options, labelOf, onChoose, onClose }: {
  what: 'escalate' | 'cancel';
  row: Row | null;
  options: readonly T[];
  labelOf: (option: T) => string;
  onChoose: (row: Row, option: T) => void;
  onClose: () => void;
}): ReactElement {
  const { t } = useTranslation();
  const choose = (option: T | undefined): void => {
    if (!row || option === undefined) return;
    onChoose(row, option);
    onClose();
  };
  return (
    <Modal opened={row !== null} onClose={onClose} size="sm" title={t(`act.${what}`, { number: row?.number })} returnFocus={false} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <div
        className={styles.choices} role="group" aria-label={t(`act.${what}Why`)}
        onKeyDown={(event) => {
          if (!event.ctrlKey && !event.metaKey && !event.altKey) choose(options[Number.parseInt(event.key, 10) - 1]);
        }}
      >
        <p>{t(`act.${what}Help`)}</p>
        {options.map((option, index) => (
          <Button key={option} variant="default" justify="space-between" fullWidth data-autofocus={index === 0 || undefined} rightSection={<Kbd size="xs">{index + 1}</Kbd>} onClick={() => choose(option)}>
            {labelOf(option)}
          </Button>
        ))}
      </div>
    </Modal>
  );
}

function Told({ outcome: { row, said, fault, undoUntil }, busy, onUndo, onClose }: { outcome: Outcome; busy: boolean; onUndo: () => void; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const reasonOf = useSentence('desk');
  const sentence = (): string => {
    if (!fault) return t(`act.${said}`, { number: row.number });
    return t('act.failed', { number: row.number, reason: reasonOf(fault) });
  };
  return (
    <div className={styles.told} role={fault ? 'alert' : 'status'} data-tone={fault ? 'act' : undefined}>
      <Icon name={fault ? 'stop' : 'check'} />
      <span>{sentence()}</span>
      {undoUntil !== null && <Undo until={undoUntil} busy={busy} onUndo={onUndo} onOver={onClose} />}
      <Button variant="subtle" color="gray" c="var(--pd-text)" size="compact-sm" onClick={onClose}>{t('common.close')}</Button>
    </div>
  );
}

function Undo({ until, busy, onUndo, onOver }: { until: number; busy: boolean; onUndo: () => void; onOver: () => void }): ReactElement {
  const { t } = useTranslation();
  const left = until - useNow();
  const over = left <= 0;
  useEffect(() => {
    if (over) onOver();
  });
  return (
    <Button variant="default" size="compact-sm" loading={busy} rightSection={<Kbd size="xs">U</Kbd>} onClick={onUndo}>
      {t('act.undo')} <span className={styles.undoLeft}>{elapsed(Math.max(0, left))}</span>
    </Button>
  );
}
