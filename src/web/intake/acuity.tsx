import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ACUITIES, type Acuity } from '../api/types.js';
import { OneOf } from '../parts/tokens.js';

export function AcuityChoice({ chosen, onChange, hint }: { chosen: Acuity; onChange: (acuity: Acuity) => void; hint?: string }): ReactElement {
  const { t } = useTranslation();
  return (
    <OneOf
      label={t('intake.acuity')}
      options={ACUITIES.map((each) => ({ value: String(each), label: `${each} ${t(`acuity.${each}`)}` }))}
      chosen={String(chosen)}
      onChange={(value) => onChange(Number(value) as Acuity)}
      hint={hint}
    />
  );
}
