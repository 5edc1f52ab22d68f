import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { LimitsView } from '../../peers/contract.js';
import { useAction } from '../api/actions.js';
import { faultOf } from '../api/problem.js';
import { ownQueries } from '../api/own-queries.js';
import { CONTACT_KINDS } from '../api/types.js';
import { ProblemNote } from '../parts/problem-note.js';
import { OneOf, Tokens } from '../parts/tokens.js';
import { serverNow } from '../time/now.js';
import { wellnessQueries } from '../wellness/queries.js';
import { AgreedLimits } from './agreed.js';
import { hoursFault, limitsBody, limitsChoice, type LimitsChoice } from './limits-choice.js';
import { OwnPage } from './own-page.js';
import styles from './peer.module.css';
import { spanFault } from './span-choice.js';
import { SpanFields } from './span-fields.js';

/** What somebody takes less of for a while. Nobody else is told that there is a limit, or why. */
export function Limits(): ReactElement {
  const { t } = useTranslation();
  const { data: limits, error } = useQuery(ownQueries.limits());
  // Outlives the form, which begins anew with what was kept.
  const [saved, setSaved] = useState(false);
  if (limits === undefined) return <OwnPage title={t('limits.title')}>{error ? <ProblemNote fault={error} /> : <p aria-busy="true">{t('page.loading')}</p>}</OwnPage>;
  return <LimitsForm key={limits?.version ?? 0} limits={limits} saved={saved} onSaved={setSaved} />;
}

function LimitsForm({ limits, saved, onSaved: setSaved }: { limits: LimitsView | null; saved: boolean; onSaved: (saved: boolean) => void }): ReactElement {
  const { t } = useTranslation();
  const { data: marks } = useQuery(wellnessQueries.marks());
  const [choice, setChoice] = useState(() => limitsChoice(limits, serverNow()));
  const change = (part: Partial<LimitsChoice>): void => {
    setSaved(false);
    setChoice({ ...choice, ...part });
  };
  const put = useAction<LimitsView>(() => ({ method: 'PUT', path: '/me/limits', body: limitsBody(choice, serverNow()) }), { done: () => setSaved(true) });
  const lift = useAction(() => ({ method: 'DELETE', path: '/me/limits' }), { done: () => setSaved(false) });
  const fault = spanFault(choice.span, serverNow());
  const yesNo = (['no', 'yes'] as const).map((value) => ({ value, label: t(`answer.${value}`) }));
  const kindsFault = faultOf(put.error, 'contactKinds') !== undefined;
  return (
    <OwnPage
      title={t('limits.title')}
      foot={(
        <>
          {kindsFault ? <p role="alert">{t('peer.kindsNotYours')}</p> : <ProblemNote fault={put.error ?? lift.error} />}
          <p role="status" className={styles.missing}>{saved && t('limits.saved')}</p>
          <Button fullWidth h={56} fz={16} disabled={fault !== null || hoursFault(choice)} loading={put.isPending} onClick={() => put.mutate()}>{t('limits.save')}</Button>
          {limits && <button type="button" className={styles.quietBig} disabled={lift.isPending} onClick={() => lift.mutate()}>{t('limits.lift')}</button>}
        </>
      )}
    >
      <p>{t('limits.help')}</p>
      {marks?.agreedLimits && <AgreedLimits />}
      <div className={styles.fields}>
        <Tokens label={t('limits.kinds')} options={CONTACT_KINDS.map((value) => ({ value, label: t(`contactKind.${value}`) }))} chosen={choice.contactKinds} onChange={(contactKinds) => change({ contactKinds })} />
        <OneOf label={t('limits.acuity')} options={(['1', '2', '3', '4'] as const).map((value) => ({ value, label: value === '1' ? t('limits.any') : t(`acuity.${value}`) }))} chosen={choice.maxAcuity} onChange={(maxAcuity) => change({ maxAcuity })} />
        <OneOf label={t('limits.buddyOnly')} options={yesNo} chosen={choice.buddyOnly} onChange={(buddyOnly) => change({ buddyOnly })} />
        <OneOf label={t('limits.noNights')} options={yesNo} chosen={choice.noNights} onChange={(noNights) => change({ noNights })} />
        <TextInput inputMode="numeric" maxLength={2} label={t('limits.hours')} description={t('limits.hoursHelp')} value={choice.hoursAWeek} onChange={(event) => change({ hoursAWeek: event.currentTarget.value })} error={hoursFault(choice) && t('limits.hoursFault')} />
        <SpanFields span={choice.span} onChange={(span) => change({ span })} fault={fault} error={put.error} />
      </div>
    </OwnPage>
  );
}
