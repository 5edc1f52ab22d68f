import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../api/actions.js';
import { faultOf } from '../api/problem.js';
import { ownQueries } from '../api/own-queries.js';
import { queries } from '../api/queries.js';
import { CONTACT_KINDS, type CheckIn as CheckInBody, type Programme } from '../api/types.js';
import { language } from '../i18n.js';
import { InstallHint } from '../notify/notifying.js';
import parts from '../parts/parts.module.css';
import { ProblemNote } from '../parts/problem-note.js';
import { OneOf, Tokens } from '../parts/tokens.js';
import { useMe } from '../shell/session.js';
import { clockTime, partOfDay } from '../time/format.js';
import { serverNow, useNow } from '../time/now.js';
import { dutyLimitsOf, HOURS, isZip, placeOf, untilOf, usualChoice, type CheckInChoice, type Hours } from './check-in-choice.js';
import { Doors } from './doors.js';
import { DutyLimits } from './duty-limits.js';
import { OwnCheckCard, useLastShift } from './own-check.js';
import { LimitFields } from './limit-fields.js';
import { comeBack, say } from './notice.js';
import { OwnInbox } from './own-inbox.js';
import { useOwnRemembered } from './remembered-peer.js';
import styles from './peer.module.css';

/** One tap with what was chosen last time; everything else is behind "change". */
export function CheckIn(): ReactElement {
  const { t } = useTranslation();
  const { data: programmes = [], error: programmesFault } = useQuery(queries.programmes());
  const [remembered, remember] = useOwnRemembered('check-in');
  const [opened, setOpened] = useState(false);
  const [lastShift] = useLastShift();
  const { mutate, isPending, error } = useAction<unknown, CheckInBody>((body) => ({ method: 'PUT', path: '/me/duty', body }), {
    done: () => {
      comeBack('duty');
      say(null);
    },
  });
  const kindFault = faultOf(error, 'contactKinds') !== undefined;
  const choice = usualChoice(remembered, programmes);
  const until = untilOf(choice, useNow());
  const changing = opened || kindFault || until === null;
  const begin = (): void => {
    const endsAt = untilOf(choice, serverNow());
    if (!endsAt) return;
    const place = placeOf(choice);
    mutate({ as: 'peer', mode: 'active', programmeIds: choice.programmeIds, contactKinds: choice.contactKinds, until: endsAt.toISOString(), ...dutyLimitsOf(choice), ...(place ? { place } : {}) });
  };
  return (
    <>
      <div className={styles.words}>
        <Greeting />
        <p className="pd-dim">{t('peer.offDuty')}</p>
        {changing
          ? <Choice choice={choice} programmes={programmes} onChange={(next) => remember(JSON.stringify(next))} />
          : <Chosen choice={choice} programmes={programmes} until={until} />}
        <button type="button" className={styles.quiet} aria-expanded={changing} onClick={() => setOpened(!changing)}>{t(changing ? 'peer.changeDone' : 'peer.change')}</button>
        <OwnInbox />
        <OwnCheckCard kind="end-of-shift" shift={lastShift} />
        <Doors />
        <InstallHint />
      </div>
      <div className={styles.thumb}>
        {kindFault ? <p role="alert">{t('peer.kindsNotYours')}</p> : <ProblemNote fault={error ?? programmesFault} />}
        <Button fullWidth h={56} fz={16} loading={isPending} disabled={programmes.length === 0 || until === null} onClick={begin}>{t('peer.checkIn')}</Button>
      </div>
    </>
  );
}

function Greeting(): ReactElement {
  const { t } = useTranslation();
  const { account: { displayName } } = useMe();
  const part = partOfDay(new Date(useNow()));
  return <h1>{t(`peer.greeting.${part}`, { name: displayName?.split(' ')[0] ?? '', context: displayName ? undefined : 'nameless' })}</h1>;
}

function Chosen({ choice, programmes, until }: { choice: CheckInChoice; programmes: readonly Programme[]; until: Date }): ReactElement {
  const { t } = useTranslation();
  const kinds = choice.contactKinds.map((kind) => t(`contactKind.${kind}`)).join(', ');
  const names = programmes.filter((each) => choice.programmeIds.includes(each.id)).map((each) => each.name).join(', ');
  return (
    <dl className={styles.choice}>
      <div><dt>{t('peer.untilLabel')}</dt><dd className="pd-figures">{clockTime(until, new Date(useNow()), language())}</dd></div>
      <div><dt>{t('peer.kindsLabel')}</dt><dd>{kinds}</dd></div>
      <div><dt>{t('peer.programmesLabel')}</dt><dd>{names}</dd></div>
      <DutyLimits limits={dutyLimitsOf(choice)}>{(said) => <div><dt>{t('dutyLimits.title')}</dt><dd>{said}</dd></div>}</DutyLimits>
      <MyLimits />
      {choice.contactKinds.includes('in-person') && <div><dt>{t('peer.zip')}</dt><dd>{isZip(choice.zip) ? choice.zip : t('peer.zipMissing')}</dd></div>}
    </dl>
  );
}

/** Only that there are some: what they are stands on their own page. */
function MyLimits(): ReactElement | null {
  const { t } = useTranslation();
  const { data: limits } = useQuery(ownQueries.limits());
  return limits ? <div><dt>{t('limits.title')}</dt><dd>{t('limits.inForce')}</dd></div> : null;
}

function Choice({ choice, programmes, onChange }: { choice: CheckInChoice; programmes: readonly Programme[]; onChange: (choice: CheckInChoice) => void }): ReactElement {
  const { t } = useTranslation();
  const tooLong = untilOf(choice, useNow()) === null;
  const [limited] = useState(choice.maxAcuity !== '1' || choice.buddyOnly === 'yes');
  return (
    <div className={styles.fields}>
      <OneOf big label={t('peer.forHowLong')} options={HOURS.map((each) => ({ value: String(each), label: t('peer.hours', { count: each }) }))} chosen={choice.untilClock === '' ? String(choice.hours) : null} onChange={(value) => onChange({ ...choice, hours: Number(value) as Hours, untilClock: '' })} />
      <TextInput type="time" label={t('peer.untilClock')} value={choice.untilClock} onChange={(event) => onChange({ ...choice, untilClock: event.currentTarget.value })} error={tooLong && t('peer.tooLong')} />
      <Tokens big label={t('peer.kindsLabel')} options={CONTACT_KINDS.map((value) => ({ value, label: t(`contactKind.${value}`) }))} chosen={choice.contactKinds} onChange={(contactKinds) => contactKinds.length > 0 && onChange({ ...choice, contactKinds })} />
      {choice.contactKinds.includes('in-person') && <Zip zip={choice.zip} onChange={(zip) => onChange({ ...choice, zip })} />}
      <Tokens big label={t('peer.programmesLabel')} options={programmes.map((each) => ({ value: each.id, label: each.name }))} chosen={choice.programmeIds} onChange={(programmeIds) => programmeIds.length > 0 && onChange({ ...choice, programmeIds })} />
      <details className={parts.fold} open={limited}>
        <summary>{t('dutyLimits.title')}</summary>
        <p className="pd-dim">{t('dutyLimits.help')}</p>
        <LimitFields limits={choice} onChange={(part) => onChange({ ...choice, ...part })} />
      </details>
    </div>
  );
}

/** Remembered only when it is whole. */
function Zip({ zip, onChange }: { zip: string; onChange: (zip: string) => void }): ReactElement {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(zip);
  const change = (text: string): void => {
    setTyped(text);
    if (isZip(text) || text === '') onChange(text);
  };
  return <TextInput label={t('peer.zip')} description={t('peer.zipHelp')} inputMode="numeric" autoComplete="postal-code" maxLength={5} value={typed} onChange={(event) => change(event.currentTarget.value)} error={typed !== '' && !isZip(typed) && typed.length === 5 && t('peer.zipMissing')} />;
}
