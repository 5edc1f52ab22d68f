import { Button, TextInput } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../wellness/contract.js';
import { CONTACT_KINDS } from '../api/types.js';
import { OneOf, Tokens } from '../parts/tokens.js';
import type { Act } from './queries.js';
import styles from './wellness.module.css';

type Kind = 'limits' | 'leave' | 'return';
type ContactKind = (typeof CONTACT_KINDS)[number];
const MAY_FOLLOW: Readonly<Record<CaseView['state'], readonly Kind[]>> = {
  open: [], supported: ['limits', 'leave'], restricted: ['leave', 'return'], 'on-leave': ['return'], returning: ['limits', 'leave'], closed: [],
};

interface Step {
  readonly contactKinds: readonly ContactKind[];
  readonly maxAcuity: string;
  readonly buddyOnly: string;
  readonly noNights: string;
  readonly hours: string;
  readonly days: string;
}
const FIRST: Step = { contactKinds: [...CONTACT_KINDS], maxAcuity: '1', buddyOnly: 'no', noNights: 'no', hours: '', days: '14' };

/** What the two might agree on. It holds only once the peer says so. */
export function Propose({ state, act }: { state: CaseView['state']; act: Act }): ReactElement | null {
  const { t } = useTranslation();
  const kinds = MAY_FOLLOW[state];
  const [kind, setKind] = useState<Kind | null>(null);
  const [steps, setSteps] = useState<readonly Step[]>([FIRST]);
  if (kinds.length === 0) return null;
  const change = (at: number, part: Partial<Step>): void => setSteps(steps.map((step, index) => (index === at ? { ...step, ...part } : step)));
  const shown = kind === 'return' ? steps : steps.slice(0, 1);
  return (
    <>
      <h2>{t('wellness.propose.title')}</h2>
      <p>{t('wellness.propose.help')}</p>
      <div className={styles.acts}>{kinds.map((each) => <Button key={each} mih={44} variant={each === kind ? 'filled' : 'default'} aria-pressed={each === kind} onClick={() => setKind(each)}>{t(`wellness.kind.${each}`)}</Button>)}</div>
      {kind && (
        <div className={styles.box}>
          {shown.map((step, at) => (
            <fieldset key={at} className={styles.fields} aria-label={kind === 'return' ? t('wellness.kind.returnStep', { position: at + 1 }) : t(`wellness.kind.${kind}`)}>
              {kind !== 'leave' && <TermsFields step={step} onChange={(part) => change(at, part)} />}
              <TextInput inputMode="numeric" maxLength={3} label={t('wellness.propose.days')} value={step.days} onChange={(event) => change(at, { days: event.currentTarget.value })} />
            </fieldset>
          ))}
          <div className={styles.acts}>
            {kind === 'return' && steps.length < 8 && <Button mih={44} variant="default" onClick={() => setSteps([...steps, steps.at(-1) ?? FIRST])}>{t('wellness.propose.another')}</Button>}
            <Button mih={44} disabled={!shown.every(({ days }) => /^[1-9]\d{0,2}$/.test(days))} onClick={() => {
              act('proposals', { kind, steps: shown.map((step) => bodyOf(kind, step)) });
              setKind(null);
            }}>{t('wellness.propose.send')}</Button>
          </div>
        </div>
      )}
    </>
  );
}

function TermsFields({ step, onChange }: { step: Step; onChange: (part: Partial<Step>) => void }): ReactElement {
  const { t } = useTranslation();
  const yesNo = (['no', 'yes'] as const).map((value) => ({ value, label: t(`answer.${value}`) }));
  return (
    <>
      <Tokens label={t('limits.kinds')} options={CONTACT_KINDS.map((value) => ({ value, label: t(`contactKind.${value}`) }))} chosen={step.contactKinds} onChange={(contactKinds) => onChange({ contactKinds })} />
      <OneOf label={t('limits.acuity')} options={(['1', '2', '3', '4'] as const).map((value) => ({ value: value as string, label: value === '1' ? t('limits.any') : t(`acuity.${value}`) }))} chosen={step.maxAcuity} onChange={(maxAcuity) => onChange({ maxAcuity })} />
      <OneOf label={t('limits.buddyOnly')} options={yesNo} chosen={step.buddyOnly as 'yes' | 'no'} onChange={(buddyOnly) => onChange({ buddyOnly })} />
      <OneOf label={t('limits.noNights')} options={yesNo} chosen={step.noNights as 'yes' | 'no'} onChange={(noNights) => onChange({ noNights })} />
      <TextInput inputMode="numeric" maxLength={2} label={t('limits.hours')} value={step.hours} onChange={(event) => onChange({ hours: event.currentTarget.value })} />
    </>
  );
}

function bodyOf(kind: Kind, { contactKinds, maxAcuity, buddyOnly, noNights, hours, days }: Step): object {
  if (kind === 'leave') return { days: Number(days) };
  const terms = {
    contactKinds: contactKinds.length === 0 || contactKinds.length === CONTACT_KINDS.length ? null : contactKinds, maxAcuity: maxAcuity === '1' ? null : Number(maxAcuity),
    buddyOnly: buddyOnly === 'yes', noNights: noNights === 'yes', hoursAWeek: hours === '' ? null : Number(hours),
  };
  return { terms, days: Number(days) };
}
