import { Button, Checkbox, MultiSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyView } from '../../../programmes/policy.contract.js';
import type { FieldFault } from '../../api/problem.js';
import { ACUITIES } from '../../api/types.js';
import { language } from '../../i18n.js';
import { adminQueries } from '../queries.js';
import { hoursTyped, nextRung, typed, valueAt, withValue } from './draft.js';
import styles from './policies.module.css';
import { ACUITY_FIELDS, CARE_GROUPS, GROUPS, LONGEST_SECONDS, MOST_RUNGS, partsOf, RUNG_FIELDS, SHORTEST_SECONDS, spanOf, unitOf, type Unit } from './policy-fields.js';

interface Inputs {
  readonly content: object;
  readonly faults: readonly FieldFault[];
  readonly onChange: (content: object) => void;
}

const UNIT_WIDTH = 104;

/** Every setting of a policy, in groups, with its unit and what it does. */
export function PolicyInputs({ kind, ...inputs }: Inputs & { kind: PolicyView['kind'] }): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      {kind === 'dispatch' && ACUITIES.map((acuity) => <Acuity key={acuity} acuity={acuity} {...inputs} />)}
      {(kind === 'dispatch' ? GROUPS : CARE_GROUPS).map(({ word, fields }) => (
        <fieldset key={word} className={styles.group}>
          <legend>{t(`policy.group.${word}`)}</legend>
          <p className="pd-dim">{t(`policy.groupHelp.${word}`)}</p>
          <div className={styles.fields}>{fields.map(({ path, unit }) => <Field key={path} path={path} unit={unit} {...inputs} />)}</div>
        </fieldset>
      ))}
    </>
  );
}

function Field({ unit, ...input }: Inputs & { path: string; unit: Unit }): ReactElement {
  switch (unit) {
    case 'yesNo': return <YesNo {...input} />;
    case 'credentials': return <Credentials {...input} />;
    case 'hoursList': return <Hours {...input} />;
    default: return <Setting {...input} />;
  }
}

function useLabel(path: string): string {
  const { t } = useTranslation();
  const { name, acuity } = partsOf(path);
  return acuity === null ? t(`policy.field.${name}`) : t(`policy.field.${name}`, { acuity: t(`acuity.${acuity}`) });
}

function YesNo({ path, content, onChange }: Inputs & { path: string }): ReactElement {
  const label = useLabel(path);
  return <Checkbox label={label} size="md" checked={valueAt(content, path) === true} onChange={(event) => onChange(withValue(content, path, event.currentTarget.checked))} />;
}

function Credentials({ path, content, faults, onChange }: Inputs & { path: string }): ReactElement {
  const { t } = useTranslation();
  const label = useLabel(path);
  const { data: entries = [] } = useQuery(adminQueries.entries('credentials'));
  const chosen = (valueAt(content, path) ?? []) as string[];
  const known = entries.filter(({ credentialClass, active, code }) => chosen.includes(code) || (active && credentialClass !== 'certification'));
  const options = [...known.map(({ code, label: words }) => ({ value: code, label: words[language()] })), ...chosen.filter((code) => known.every((entry) => entry.code !== code)).map((code) => ({ value: code, label: code }))];
  return (
    <MultiSelect
      label={label} data={options} value={chosen} searchable clearable hidePickedOptions nothingFoundMessage={t('policy.noCredential')}
      error={faults.some(({ field }) => field.startsWith(`content.${path}`)) && t('admin.fault.other')} onChange={(codes) => onChange(withValue(content, path, codes))}
    />
  );
}

function Hours({ path, content, faults, onChange }: Inputs & { path: string }): ReactElement {
  const { t } = useTranslation();
  const label = useLabel(path);
  const [text, setText] = useState(() => ((valueAt(content, path) ?? []) as (number | string)[]).join(', '));
  return (
    <TextInput
      label={label} value={text} autoComplete="off" error={faults.some(({ field }) => field.startsWith(`content.${path}`)) && t('policy.hoursFault')}
      rightSectionWidth={UNIT_WIDTH} rightSectionPointerEvents="none" rightSection={<span className={styles.unit}>{t('policy.unit.hours')}</span>}
      onChange={(event) => { setText(event.currentTarget.value); onChange(withValue(content, path, hoursTyped(event.currentTarget.value))); }}
    />
  );
}

function boundsOf(path: string, t: TFunction): string | false {
  const [shortest, longest] = [SHORTEST_SECONDS[path], LONGEST_SECONDS[path]];
  if (longest === undefined) return false;
  return shortest === undefined ? t('policy.atMost', { time: spanOf(longest) }) : t('policy.between', { shortest: spanOf(shortest), longest: spanOf(longest) });
}

function Setting({ path, content, faults, onChange }: Inputs & { path: string }): ReactElement {
  const { t } = useTranslation();
  const value = valueAt(content, path);
  const unit = unitOf(path);
  const fault = faults.find(({ field }) => field === `content.${path}`);
  const bounds = boundsOf(path, t);
  const isLong = unit === 'seconds' && typeof value === 'number' && value >= 60;
  return (
    <TextInput
      label={t(`policy.field.${partsOf(path).name}`)} value={String(value ?? '')} inputMode="decimal" autoComplete="off"
      description={bounds} error={fault && t([`policy.fault.${fault.code}`, 'admin.fault.other'])}
      rightSectionWidth={UNIT_WIDTH} rightSectionPointerEvents="none"
      rightSection={<span className={styles.unit}>{isLong ? `s = ${spanOf(value)}` : t(`policy.unit.${unit}`)}</span>}
      onChange={(event) => onChange(withValue(content, path, typed(event.currentTarget.value)))}
    />
  );
}

type Rungs = Parameters<typeof nextRung>[0];

function Acuity({ acuity, ...inputs }: Inputs & { acuity: number }): ReactElement {
  const { t } = useTranslation();
  const { content, faults, onChange } = inputs;
  const path = `byAcuity.${acuity}`;
  const rungs = (valueAt(content, `${path}.rungs`) ?? []) as Rungs;
  const setRungs = (next: Rungs): void => onChange(withValue(content, `${path}.rungs`, next));
  return (
    <fieldset className={styles.group}>
      <legend>{t('policy.acuity', { number: acuity, name: t(`acuity.${acuity}`) })}</legend>
      <p className="pd-dim">{t('policy.ladderHelp')}</p>
      {faults.some(({ field }) => field === `content.${path}.rungs`) && <p role="alert" className={styles.fault}>{t('policy.ladderFault')}</p>}
      {rungs.map((_, index) => (
        <div key={index} className={styles.rung} role="group" aria-label={t('policy.step', { number: index + 1 })}>
          <strong>{t('policy.step', { number: index + 1 })}</strong>
          {RUNG_FIELDS.map(({ name }) => <Setting key={name} path={`${path}.rungs.${index}.${name}`} {...inputs} />)}
          {index > 0 && (
            <Button variant="subtle" size="compact-md" aria-label={t('policy.removeStep', { number: index + 1 })} onClick={() => setRungs(rungs.filter((__, at) => at !== index))}>{t('admin.remove')}</Button>
          )}
        </div>
      ))}
      {rungs.length < MOST_RUNGS && <Button variant="default" size="compact-md" onClick={() => setRungs([...rungs, nextRung(rungs)])}>{t('policy.addStep')}</Button>}
      <div className={styles.fields}>{ACUITY_FIELDS.map((name) => <Setting key={name} path={`${path}.${name}`} {...inputs} />)}</div>
    </fieldset>
  );
}
