import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

/** A rule that protects them was lifted by somebody with a name and a reason: they are told which. */
export function Lifted({ gates }: { gates: readonly string[] }): ReactElement | null {
  const { t } = useTranslation();
  if (gates.length === 0) return null;
  return <p className="pd-dim">{t('lifted.says', { rules: gates.map((gate) => t([`lifted.${gate}`, 'lifted.other'])).join(', ') })}</p>;
}
