import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '../api/queries.js';
import { countiesOf } from './counties.js';
import { takeFirstFound } from './first-found.js';
import { finds } from './search.js';

/** Where the person is, by the name of the area; only that name is ever shown to a peer. */
export function AreaField({ countyFips, onChange, error }: { countyFips: string; onChange: (countyFips: string) => void; error?: string }): ReactElement {
  const { t } = useTranslation();
  const { data: areas = [] } = useQuery(queries.areas());
  const data = countiesOf(areas, (name, county) => t('intake.areaCounty', { name, county }));
  return (
    <Select
      label={t('request.area')} placeholder={t('intake.areaHint')} data={data} value={countyFips === '' ? null : countyFips} searchable clearable selectFirstOptionOnChange error={error}
      clearButtonProps={{ 'aria-label': t('intake.areaClear') }} nothingFoundMessage={t('common.nothingFound')}
      filter={({ options, search }) => options.filter((option) => 'value' in option && finds(search, `${option.label} ${option.value}`))}
      onChange={(value) => onChange(value ?? '')} onKeyDown={(event) => takeFirstFound(event, data, (value) => value, onChange)}
    />
  );
}
