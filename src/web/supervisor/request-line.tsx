import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useLabels } from '../parts/labels.js';
import { Urgency } from '../parts/urgency.js';
import styles from './supervisor.module.css';

/** Which kind of request it is, in one line; nothing of who asks. */
export function RequestLine({ request, act = false }: {
  request: { readonly urgency: number; readonly contactKind: string; readonly language: string; readonly area?: string | null; readonly requestNumber?: number };
  act?: boolean;
}): ReactElement {
  const { t } = useTranslation();
  const labels = useLabels();
  const facts = [
    t(`contactKind.${request.contactKind}`), labels.of('languages', request.language), request.area,
    request.requestNumber === undefined ? null : t('supervise.number', { number: request.requestNumber }),
  ];
  return (
    <p className={styles.kind}>
      <Urgency level={request.urgency} act={act} />
      <span>{facts.filter(Boolean).join(' · ')}</span>
    </p>
  );
}
