import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../api/actions.js';
import { ApiProblem, faultOf } from '../api/problem.js';
import { queries } from '../api/queries.js';
import { language } from '../i18n.js';
import { ProblemNote } from '../parts/problem-note.js';
import { OneOf } from '../parts/tokens.js';
import { useMe } from '../shell/session.js';
import styles from './credentials.module.css';
import { BLANK, mayAttest, recordBody, type CredentialClass, type RecordChoice } from './record-choice.js';

/** One field after the other; which there are depends on what it is. */
export function RecordForm({ personId, onClose }: { personId: string; onClose: (done: boolean) => void }): ReactElement {
  const { t } = useTranslation();
  const { account } = useMe();
  const [choice, setChoice] = useState(BLANK);
  const { data } = useQuery(queries.catalogue());
  const entries = (data?.credentials ?? []).filter(({ active, credentialClass }) => active && (credentialClass !== 'check' || account.roles.includes('admin')));
  const credentialClass = entries.find(({ code }) => code === choice.code)?.credentialClass;
  const save = useAction(() => ({ path: `/peers/${personId}/credentials`, body: recordBody(choice, credentialClass ?? 'training') }), { done: () => onClose(true) });
  const change = (part: Partial<RecordChoice>): void => setChoice((before) => ({ ...before, ...part }));
  const errorOf = (field: string): string | undefined => {
    const found = faultOf(save.error, field);
    return found && t([`credentials.staff.fault.${found.code}`, 'credentials.staff.fault.other']);
  };
  const groups = (['training', 'competency', 'certification', 'check'] as const)
    .map((each) => ({ group: t(`credentials.class.${each}`), items: entries.filter((entry) => entry.credentialClass === each).map(({ code, label }) => ({ value: code, label: label[language()] })) }))
    .filter(({ items }) => items.length > 0);
  const named = save.error instanceof ApiProblem && save.error.status === 422 && save.error.faults.length > 0;
  // A certification has a last day; training and checks may have none.
  const endsSurely = credentialClass === 'certification';
  return (
    <form className={styles.form} onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
      <Select
        label={t('credentials.staff.what')} data={groups} value={choice.code} searchable required error={errorOf('code')} nothingFoundMessage={t('common.nothingFound')}
        comboboxProps={{ withinPortal: true }} onChange={(code) => change({ code })}
      />
      <div className={styles.two}>
        <TextInput type="date" label={t('credentials.staff.issuedOn')} value={choice.issuedOn} required error={errorOf('issuedOn')} onChange={(event) => change({ issuedOn: event.currentTarget.value })} />
        <TextInput type="date" label={t('credentials.staff.lastDay')} description={endsSurely ? undefined : t('credentials.staff.lastDayHelp')} required={endsSurely} value={choice.lastDay} error={errorOf('expiresAt')} onChange={(event) => change({ lastDay: event.currentTarget.value })} />
      </div>
      {credentialClass && <ClassFields credentialClass={credentialClass} choice={choice} attests={account.roles.includes('supervisor')} errorOf={errorOf} onChange={change} />}
      <ProblemNote fault={named ? null : save.error} at="desk" />
      <div className={styles.buttons}>
        <Button type="submit" loading={save.isPending} disabled={!credentialClass || choice.issuedOn === '' || (endsSurely && choice.lastDay === '')}>{t('credentials.staff.save')}</Button>
        <Button variant="default" onClick={() => onClose(false)}>{t('common.cancel')}</Button>
      </div>
    </form>
  );
}

interface Fields {
  readonly credentialClass: CredentialClass;
  readonly choice: RecordChoice;
  /** Only supervisors do. */
  readonly attests: boolean;
  readonly errorOf: (field: string) => string | undefined;
  readonly onChange: (part: Partial<RecordChoice>) => void;
}

function ClassFields({ credentialClass, choice, attests, errorOf, onChange }: Fields): ReactElement {
  const { t } = useTranslation();
  const field = (name: 'issuer' | 'state' | 'number' | 'hours' | 'ceHours' | 'ceHoursNeeded', more: { description?: string; inputMode?: 'decimal'; maxLength: number }): ReactElement => (
    <TextInput label={t(`credentials.staff.${name}`)} value={choice[name]} error={errorOf(name)} {...more} onChange={(event) => onChange({ [name]: event.currentTarget.value })} />
  );
  return (
    <>
      {attests && mayAttest(credentialClass) && (
        <Checkbox label={t('credentials.staff.attest')} description={t('credentials.staff.attestHelp')} checked={choice.attested} error={errorOf('attested')} onChange={(event) => onChange({ attested: event.currentTarget.checked })} />
      )}
      {field('issuer', { maxLength: 120 })}
      {credentialClass === 'training' && <div className={styles.two}>{field('hours', { inputMode: 'decimal', maxLength: 6 })}{field('ceHours', { inputMode: 'decimal', maxLength: 6 })}</div>}
      {credentialClass === 'certification' && (
        <>
          <div className={styles.two}>{field('state', { description: t('credentials.staff.stateHelp'), maxLength: 2 })}{field('number', { description: t('credentials.staff.numberHelp'), maxLength: 80 })}</div>
          {field('ceHoursNeeded', { inputMode: 'decimal', maxLength: 6 })}
        </>
      )}
      {credentialClass === 'check' && (
        <OneOf
          label={t('credentials.staff.result')} hint={t('credentials.staff.resultHelp')} options={(['passed', 'not-passed'] as const).map((value) => ({ value, label: t(`credentials.result.${value}`) }))}
          chosen={choice.result} onChange={(result) => onChange({ result })}
        />
      )}
    </>
  );
}
