import { TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { faultOf } from '../api/problem.js';
import type { SpanChoice, SpanFault } from './span-choice.js';

export function SpanFields({ span, onChange, fault, error }: { span: SpanChoice; onChange: (span: SpanChoice) => void; fault: SpanFault | null; error: unknown }): ReactElement {
  const { t } = useTranslation();
  const untilFault = fault ? t(`span.${fault}`) : faultOf(error, 'until') && t('span.refused');
  return (
    <>
      <TextInput type="datetime-local" label={t('span.from')} description={t('span.fromHelp')} value={span.from} onChange={(event) => onChange({ ...span, from: event.currentTarget.value })} error={faultOf(error, 'from') && t('span.refused')} />
      <TextInput type="datetime-local" label={t('span.until')} description={t('span.untilHelp')} value={span.until} onChange={(event) => onChange({ ...span, until: event.currentTarget.value })} error={untilFault} />
    </>
  );
}
