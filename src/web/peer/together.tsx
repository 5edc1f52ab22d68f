import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { MyOfferView } from '../../dispatch/contract.js';

/** Said before anybody sets out: with whom the programme sends peers. Nothing where one may go alone. */
export function Together({ rule }: { rule: MyOfferView['inPersonRule'] }): ReactElement | null {
  const { t } = useTranslation();
  return rule === null || rule === 'solo-allowed' ? null : <p><strong>{t(`together.${rule}`)}</strong></p>;
}
