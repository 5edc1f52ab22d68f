import { TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { OneOf } from '../parts/tokens.js';
import { language } from '../i18n.js';
import { serverNow } from '../time/now.js';
import { momentIn, wallIn, zonedClock } from '../time/zoned.js';
import type { Draft } from './draft.js';

/** When a planned request begins, by the clock of the programme; an hour the clocks repeat is asked about. */
export function PlannedField({ draft, onChange, timeZone, error }: { draft: Draft; onChange: (change: Partial<Draft>) => void; timeZone: string; error?: string }): ReactElement {
  const { t } = useTranslation();
  const moment = momentIn(draft.notBefore, timeZone);
  const named = (at: Date): string => zonedClock(at, new Date(serverNow()), timeZone, language());
  return (
    <>
      <TextInput
        type="datetime-local" label={t('intake.notBefore')} description={t('intake.notBeforeHelp', { zone: timeZone.replaceAll('_', ' ') })} w={260} required
        min={wallIn(new Date(serverNow()), timeZone)} value={draft.notBefore} error={error} onChange={(event) => onChange({ notBefore: event.currentTarget.value, notBeforeSecond: false })}
      />
      {moment?.kind === 'twice' && (
        <OneOf
          label={t('intake.notBeforeTwice')} options={[{ value: 'first', label: named(moment.first) }, { value: 'second', label: named(moment.second) }]}
          chosen={draft.notBeforeSecond ? 'second' : 'first'} onChange={(which) => onChange({ notBeforeSecond: which === 'second' })}
        />
      )}
    </>
  );
}
