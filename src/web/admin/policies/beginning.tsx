import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from '../../api/queries.js';
import { OneOf } from '../../parts/tokens.js';
import { serverNow } from '../../time/now.js';
import { momentIn, wallIn } from '../../time/zoned.js';
import { useFaults } from '../form-parts.js';
import styles from '../page-parts.module.css';

interface Beginning {
  readonly later: boolean;
  /** By the clock of the programme, or of this browser where it is for several. */
  readonly wall: string;
  readonly timeZone: string;
  /** It is said in full. */
  readonly ready: boolean;
  readonly body: { readonly effectiveFrom?: string };
  choose(later: boolean): void;
  write(wall: string): void;
}

/** When a new version begins: at once, or at a time that is still to come. */
export function useBeginning(programmeId: string | null): Beginning {
  const { data: programmes = [] } = useQuery(queries.programmes());
  const [later, choose] = useState(false);
  const [wall, write] = useState('');
  const timeZone = programmes.find(({ id }) => id === programmeId)?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const moment = momentIn(wall, timeZone);
  // Of an hour the clocks repeat, the first: nothing is late then.
  const at = moment?.kind === 'once' ? moment.at : moment?.kind === 'twice' ? moment.first : null;
  return { later, wall, timeZone, ready: !later || at !== null, body: later && at ? { effectiveFrom: at.toISOString() } : {}, choose, write };
}

export function BeginningFields({ beginning, fault }: { beginning: Beginning; fault: unknown }): ReactElement {
  const { t } = useTranslation();
  const errorOf = useFaults(fault);
  const { later, wall, timeZone } = beginning;
  return (
    <div className={styles.form}>
      <OneOf
        label={t('admin.policies.begins')} options={[{ value: 'now', label: t('admin.policies.atOnce') }, { value: 'later', label: t('admin.policies.later') }]}
        chosen={later ? 'later' : 'now'} onChange={(value) => beginning.choose(value === 'later')}
      />
      {later && (
        <TextInput
          type="datetime-local" label={t('admin.policies.beginsAt')} description={t('admin.policies.beginsAtHelp', { zone: timeZone.replaceAll('_', ' ') })} w={260} required
          min={wallIn(new Date(serverNow()), timeZone)} value={wall} error={errorOf('effectiveFrom')} onChange={(event) => beginning.write(event.currentTarget.value)}
        />
      )}
    </div>
  );
}
