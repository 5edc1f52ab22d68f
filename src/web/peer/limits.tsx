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
import { LimitFields } from './limit-fields.js';
import { hasOwnPart, hoursFault, limitsBody, limitsChoice, type LimitsChoice } from './limits-choice.js';
import { OwnPage } from './own-page.js';
import styles from './peer.module.css';
import { spanFault } from './span-choice.js';
import { SpanFields } from './span-fields.js';

/** What somebody takes less of for a while. Nobody else is told that there is a limit, or why. */
export function Limits(): ReactElement {
  const { t } = useTranslation();
  const { data: limits, error } = useQuery(ownQueries.limits());
  if (limits === undefined) return <OwnPage title={t('limits.title')}>{error ? <ProblemNote fault={error} /> : <p aria-busy="true">{t('page.loading')}</p>}</OwnPage>;
  return <LimitsForm limits={limits} />;
}

function LimitsForm({ limits }: { limits: LimitsView | null }): ReactElement {
  const { t } = useTranslation();
  const { data: marks } = useQuery(wellnessQueries.marks());
  const agreed = marks?.agreedLimits ?? null;
  const version = limits?.version ?? 0;
  const [shown, setShown] = useState(version);
  const [choice, setChoice] = useState(() => limitsChoice(limits, serverNow()));
  const [saved, setSaved] = useState(false);
  // What is kept now is shown, whoever kept it; the form itself stays, and what it has just said.
  if (shown !== version) {
    setShown(version);
    setChoice(limitsChoice(limits, serverNow()));
  }
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
          {limits && hasOwnPart(limits, agreed) && <button type="button" className={styles.quietBig} disabled={lift.isPending} onClick={() => lift.mutate()}>{t(agreed ? 'limits.liftOwn' : 'limits.lift')}</button>}
        </>
      )}
    >
      <p>{t('limits.help')}</p>
      {agreed && <AgreedLimits terms={agreed} lookedAtAgain={marks?.lookedAtAgain ?? null} />}
      <div className={styles.fields}>
        <Tokens label={t('limits.kinds')} options={CONTACT_KINDS.map((value) => ({ value, label: t(`contactKind.${value}`) }))} chosen={choice.contactKinds} onChange={(contactKinds) => change({ contactKinds })} />
        <LimitFields limits={choice} onChange={change} />
        <OneOf label={t('limits.noNights')} options={yesNo} chosen={choice.noNights} onChange={(noNights) => change({ noNights })} />
        <TextInput inputMode="numeric" maxLength={2} label={t('limits.hours')} description={t('limits.hoursHelp')} value={choice.hoursAWeek} onChange={(event) => change({ hoursAWeek: event.currentTarget.value })} error={hoursFault(choice) && t('limits.hoursFault')} />
        <SpanFields span={choice.span} onChange={(span) => change({ span })} fault={fault} error={put.error} />
      </div>
    </OwnPage>
  );
}
