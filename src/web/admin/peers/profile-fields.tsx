import { MultiSelect, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { CONTACT_KINDS, type ContactKind } from '../../api/types.js';
import { useLabels } from '../../parts/labels.js';
import { OneOf, Tokens } from '../../parts/tokens.js';
import { adminQueries } from '../queries.js';

const ENGAGEMENTS = ['full-time', 'part-time', 'ad-hoc', 'stipend', 'volunteer'] as const;

export interface ProfileFields {
  readonly languages: readonly string[];
  readonly contactKinds: readonly ContactKind[];
  readonly areaId: string | null;
  readonly engagement: (typeof ENGAGEMENTS)[number];
  readonly youthCleared: boolean | null;
}

const CLEARANCES = ['yes', 'no', 'unknown'] as const;
const clearanceOf = (cleared: boolean | null): (typeof CLEARANCES)[number] => (cleared === null ? 'unknown' : cleared ? 'yes' : 'no');

export function ProfileInputs({ fields, onChange, errorOf }: {
  fields: ProfileFields; onChange: (part: Partial<ProfileFields>) => void; errorOf: (field: string) => string | undefined;
}): ReactElement {
  const { t } = useTranslation();
  const labels = useLabels();
  const { data: areas = [] } = useQuery(adminQueries.areas());
  const offered = labels.options('languages');
  const kept = fields.languages.filter((code) => !offered.some(({ value }) => value === code)).map((code) => ({ value: code, label: labels.of('languages', code) }));
  return (
    <>
      <MultiSelect
        label={t('admin.peers.languages')} description={t('admin.peers.languagesHelp')} data={[...offered, ...kept]} value={[...fields.languages]} searchable hidePickedOptions required={fields.languages.length === 0}
        error={errorOf('languages')} nothingFoundMessage={t('common.nothingFound')} comboboxProps={{ withinPortal: true }} onChange={(languages) => onChange({ languages })}
      />
      <Tokens label={t('admin.peers.kinds')} options={CONTACT_KINDS.map((value) => ({ value, label: t(`contactKind.${value}`) }))} chosen={fields.contactKinds} onChange={(contactKinds) => onChange({ contactKinds })} />
      <Select
        label={t('admin.peers.area')} description={t('admin.peers.areaHelp')} data={areas.map(({ id, name }) => ({ value: id, label: name }))} value={fields.areaId} searchable clearable
        error={errorOf('areaId')} nothingFoundMessage={t('common.nothingFound')} placeholder={t('admin.peers.noArea')} onChange={(areaId) => onChange({ areaId })}
      />
      <OneOf
        label={t('admin.peers.engagement')} options={ENGAGEMENTS.map((value) => ({ value, label: t(`admin.peers.engagementOf.${value}`) }))} chosen={fields.engagement}
        onChange={(engagement) => onChange({ engagement })}
      />
      <OneOf
        label={t('admin.peers.youth')} hint={t('admin.peers.youthHelp')} options={CLEARANCES.map((value) => ({ value, label: t(`answer.${value}`) }))} chosen={clearanceOf(fields.youthCleared)}
        onChange={(answer) => onChange({ youthCleared: answer === 'unknown' ? null : answer === 'yes' })}
      />
    </>
  );
}
