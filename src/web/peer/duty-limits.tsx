import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

/** What a duty is limited to, in a line; nothing where it is not. */
export function DutyLimits({ limits: { maxAcuity, buddyOnly }, children }: {
  limits: { readonly maxAcuity?: number | null; readonly buddyOnly?: boolean };
  children: (said: string) => ReactElement;
}): ReactElement | null {
  const { t } = useTranslation();
  const urgent = maxAcuity === 2 || maxAcuity === 3 || maxAcuity === 4 ? [t('dutyLimits.acuity', { acuity: t(`acuity.${maxAcuity}`) })] : [];
  const said = [...urgent, ...(buddyOnly ? [t('dutyLimits.buddyOnly')] : [])];
  return said.length > 0 ? children(said.join(' · ')) : null;
}
