import { Kbd } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './list.module.css';

export type RowAct = 'assign' | 'reOffer' | 'escalate' | 'cancel';
const ACTS = [['A', 'assign'], ['R', 'reOffer'], ['E', 'escalate'], ['X', 'cancel']] as const satisfies readonly (readonly [string, RowAct])[];
const MOVES = [['J K', 'move'], ['Enter', 'openShort'], ['/', 'searchShort'], ['?', 'helpShort']] as const;

/** The keys that do something now, and a button each for those who point. */
export function KeyBar({ number, keysOn, onAct }: { number: number | null; keysOn: boolean; onAct: (act: RowAct) => void }): ReactElement {
  const { t } = useTranslation();
  return (
    <footer className={styles.keyBar} aria-label={t('keys.bar')}>
      {keysOn && <p aria-hidden="true">{MOVES.map(([key, what]) => <span key={key}><Kbd size="xs">{key}</Kbd> {t(`keys.${what}`)}</span>)}</p>}
      {number !== null && (
        <div role="group" aria-label={t('keys.actsOn', { number })}>
          <span className="pd-figures">#{number}</span>
          {ACTS.map(([key, act]) => (
            <button key={act} type="button" onClick={() => onAct(act)}>{keysOn && <Kbd size="xs" aria-hidden="true">{key}</Kbd>} {t(`keys.${act}Short`)}</button>
          ))}
        </div>
      )}
    </footer>
  );
}
