import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../api/actions.js';
import { faultOf } from '../api/problem.js';
import { queries } from '../api/queries.js';
import { CONTACT_KINDS, type CheckIn as CheckInBody, type Programme } from '../api/types.js';
import { language } from '../i18n.js';
import { ProblemNote } from '../parts/problem-note.js';
import { useRemembered } from '../parts/remembered.js';
import { OneOf, Tokens } from '../parts/tokens.js';
import { useMe } from '../shell/session.js';
import { clockTime, partOfDay } from '../time/format.js';
import { serverNow, useNow } from '../time/now.js';
import { HOURS, usualChoice, type CheckInChoice, type Hours } from './check-in-choice.js';
import styles from './peer.module.css';

const HOUR_MS = 3_600_000;

export function CheckIn(): ReactElement {
  const { t } = useTranslation();
  const me = useMe();
  const now = new Date(useNow());
  const { data: programmes = [] } = useQuery(queries.programmes());
  const [remembered, remember] = useRemembered('pd.check-in', '');
  const [opened, setOpened] = useState(false);
  const { mutate, isPending, error } = useAction<unknown, CheckInBody>((body) => ({ method: 'PUT', path: '/me/duty', body }));
  const kindFault = faultOf(error, 'contactKinds') !== undefined;
  const changing = opened || kindFault;
  const choice = usualChoice(remembered, programmes);
  const until = new Date(now.getTime() + choice.hours * HOUR_MS);
  const begin = (): void => mutate({
    as: 'peer', mode: 'active', programmeIds: choice.programmeIds, contactKinds: choice.contactKinds,
    until: new Date(serverNow() + choice.hours * HOUR_MS).toISOString(),
  });
  const kinds = choice.contactKinds.map((kind) => t(`contactKind.${kind}`)).join(', ');
  const names = programmes.filter((each) => choice.programmeIds.includes(each.id)).map((each) => each.name).join(', ');
  return (
    <>
      <div className={styles.words}>
        <h1>{t(`peer.greeting.${partOfDay(now)}`, { name: me.account.displayName?.split(' ')[0] ?? '', context: me.account.displayName ? undefined : 'nameless' })}</h1>
        <p className="pd-dim">{t('peer.offDuty')}</p>
        {changing
          ? <Choice choice={choice} programmes={programmes} onChange={(next) => remember(JSON.stringify(next))} />
          : (
            <dl className={styles.choice}>
              <div><dt>{t('peer.untilLabel')}</dt><dd className="pd-figures">{clockTime(until, now, language())}</dd></div>
              <div><dt>{t('peer.kindsLabel')}</dt><dd>{kinds}</dd></div>
              <div><dt>{t('peer.programmesLabel')}</dt><dd>{names}</dd></div>
            </dl>
          )}
        <button type="button" className={styles.quiet} aria-expanded={changing} onClick={() => setOpened(!opened)}>{t(changing ? 'peer.changeDone' : 'peer.change')}</button>
      </div>
      <div className={styles.thumb}>
        {kindFault ? <p role="alert">{t('peer.kindsNotYours')}</p> : <ProblemNote fault={error} />}
        <Button fullWidth h={56} fz={16} loading={isPending} disabled={programmes.length === 0} onClick={begin}>{t('peer.checkIn')}</Button>
      </div>
    </>
  );
}

function Choice({ choice, programmes, onChange }: { choice: CheckInChoice; programmes: readonly Programme[]; onChange: (choice: CheckInChoice) => void }): ReactElement {
  const { t } = useTranslation();
  return (
    <div className={styles.fields}>
      <OneOf big label={t('peer.forHowLong')} options={HOURS.map((each) => ({ value: String(each), label: t('peer.hours', { count: each }) }))} chosen={String(choice.hours)} onChange={(value) => onChange({ ...choice, hours: Number(value) as Hours })} />
      <Tokens big label={t('peer.kindsLabel')} options={CONTACT_KINDS.map((value) => ({ value, label: t(`contactKind.${value}`) }))} chosen={choice.contactKinds} onChange={(contactKinds) => contactKinds.length > 0 && onChange({ ...choice, contactKinds })} />
      <Tokens big label={t('peer.programmesLabel')} options={programmes.map((each) => ({ value: each.id, label: each.name }))} chosen={choice.programmeIds} onChange={(programmeIds) => programmeIds.length > 0 && onChange({ ...choice, programmeIds })} />
    </div>
  );
}
