import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../api/actions.js';
import { ProblemNote } from '../parts/problem-note.js';
import { OneOf } from '../parts/tokens.js';
import styles from './peer.module.css';
import { useOwnRemembered } from './remembered-peer.js';

const ANSWERS = ['good', 'fair', 'low'] as const;
type Answer = (typeof ANSWERS)[number];
type OwnCheckKind = 'readiness' | 'end-of-shift';

/** Two taps, and nothing follows from them. */
export function OwnCheckForm({ kind, onDone }: { kind: OwnCheckKind; onDone: () => void }): ReactElement {
  const { t } = useTranslation();
  const [energy, setEnergy] = useState<Answer | null>(null);
  const { mutate, isPending, error } = useAction<unknown, Answer>((mood) => ({ path: '/me/checks', body: { kind, energy, mood } }), { done: onDone });
  const options = ANSWERS.map((value) => ({ value, label: t(`ownCheck.answer.${value}`) }));
  return (
    <div className={styles.fields}>
      <OneOf big label={t('ownCheck.energy')} options={options} chosen={energy} onChange={setEnergy} />
      {energy !== null && <OneOf big label={t('ownCheck.mood')} options={options} chosen={null} onChange={(mood) => { if (!isPending) mutate(mood); }} />}
      <ProblemNote fault={error} />
    </div>
  );
}

/** When the shift began that this browser saw last; empty: none. */
export function useLastShift(): [string, (since: string) => void] {
  return useOwnRemembered('last-shift');
}

/** Once for each shift, at its beginning and after its end; one tap and it is gone. `shift`: which one this is about. */
export function OwnCheckCard({ kind, shift }: { kind: OwnCheckKind; shift: string }): ReactElement | null {
  const { t } = useTranslation();
  const [asked, remember] = useOwnRemembered(`own-check.${kind}`);
  if (shift === '' || asked === shift) return null;
  const done = (): void => remember(shift);
  return (
    <section className={styles.ownCheck} aria-label={t(`ownCheck.title.${kind}`)}>
      <p><strong>{t(`ownCheck.title.${kind}`)}</strong></p>
      <p className="pd-dim">{t('ownCheck.only')}</p>
      <OwnCheckForm kind={kind} onDone={done} />
      <button type="button" className={styles.quiet} onClick={done}>{t('ownCheck.skip')}</button>
    </section>
  );
}
