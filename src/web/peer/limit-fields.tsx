import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { OneOf } from '../parts/tokens.js';
import type { LimitsChoice } from './limits-choice.js';

type Chosen = Pick<LimitsChoice, 'maxAcuity' | 'buddyOnly'>;

/** How urgent at most, and whether alone: asked alike for one duty and for longer. */
export function LimitFields({ limits, onChange }: { limits: Chosen; onChange: (part: Partial<Chosen>) => void }): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <OneOf label={t('limits.acuity')} options={(['1', '2', '3', '4'] as const).map((value) => ({ value, label: value === '1' ? t('limits.any') : t(`acuity.${value}`) }))} chosen={limits.maxAcuity} onChange={(maxAcuity) => onChange({ maxAcuity })} />
      <OneOf label={t('limits.buddyOnly')} options={(['no', 'yes'] as const).map((value) => ({ value, label: t(`answer.${value}`) }))} chosen={limits.buddyOnly} onChange={(buddyOnly) => onChange({ buddyOnly })} />
    </>
  );
}
