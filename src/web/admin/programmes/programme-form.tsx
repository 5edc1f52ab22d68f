import { Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { OneOf } from '../../parts/tokens.js';
import { SaveBar, useFaults } from '../form-parts.js';
import styles from '../page-parts.module.css';

export interface ProgrammeFields {
  readonly name: string;
  readonly timeZone: string;
  readonly callingInstruction: string;
  readonly callingInstructionEs: string | null;
  readonly peersFirst: boolean;
  readonly inPersonRule: 'with-team' | 'with-buddy' | 'solo-allowed';
}
const RULES = ['with-team', 'with-buddy', 'solo-allowed'] as const;
const ZONES = Intl.supportedValuesOf('timeZone');
const MOST_SHOWN = 60;

export function ProgrammeForm({ start, saving, fault, label, onSave }: {
  start: ProgrammeFields; saving: boolean; fault: unknown; label?: string; onSave: (fields: ProgrammeFields) => void;
}): ReactElement {
  const { t } = useTranslation();
  const errorOf = useFaults(fault);
  const [fields, setFields] = useState(start);
  const change = (part: Partial<ProgrammeFields>): void => setFields((before) => ({ ...before, ...part }));
  return (
    <form className={styles.form} onSubmit={(event) => { event.preventDefault(); onSave(fields); }}>
      <TextInput label={t('admin.programmes.name')} value={fields.name} maxLength={80} required error={errorOf('name')} onChange={(event) => change({ name: event.currentTarget.value })} />
      <Select
        label={t('admin.programmes.timeZone')} description={t('admin.programmes.timeZoneHelp')} data={ZONES.includes(fields.timeZone) ? ZONES : [fields.timeZone, ...ZONES]} limit={MOST_SHOWN}
        value={fields.timeZone} searchable allowDeselect={false} required error={errorOf('timeZone')} nothingFoundMessage={t('common.nothingFound')}
        onChange={(timeZone) => timeZone !== null && change({ timeZone })}
      />
      <Textarea
        label={t('admin.programmes.calling')} description={t('admin.programmes.callingHelp')} value={fields.callingInstruction} maxLength={2000} autosize minRows={3} maxRows={10} required
        error={errorOf('callingInstruction')} onChange={(event) => change({ callingInstruction: event.currentTarget.value })}
      />
      <Textarea
        label={t('admin.programmes.callingEs')} description={t('admin.programmes.callingEsHelp')} value={fields.callingInstructionEs ?? ''} maxLength={2000} autosize minRows={3} maxRows={10}
        error={errorOf('callingInstructionEs')} onChange={(event) => change({ callingInstructionEs: event.currentTarget.value.trim() === '' ? null : event.currentTarget.value })}
      />
      <Checkbox
        label={t('admin.programmes.peersFirst')} description={t('admin.programmes.peersFirstHelp')} checked={fields.peersFirst}
        onChange={(event) => change({ peersFirst: event.currentTarget.checked })}
      />
      <OneOf
        label={t('admin.programmes.inPerson')} options={RULES.map((value) => ({ value, label: t(`admin.programmes.rule.${value}`) }))} chosen={fields.inPersonRule}
        hint={t(`admin.programmes.ruleHelp.${fields.inPersonRule}`)} onChange={(inPersonRule) => change({ inPersonRule })}
      />
      <SaveBar saving={saving} fault={fault} label={label} />
    </form>
  );
}
