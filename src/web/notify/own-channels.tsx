import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChannelPreferencesDto, ChannelsView } from '../../notify/contract.js';
import { useAction } from '../api/actions.js';
import { ownQueries } from '../api/own-queries.js';
import { ProblemNote } from '../parts/problem-note.js';
import { OneOf } from '../parts/tokens.js';

/** Seconds; the server takes no more, because the shortest offer stands for 30. */
const DELAYS = ['0', '5', '10', '20'] as const;

/** The open page is always told at once; notifications may wait a moment for whoever answers there. */
export function OwnChannels(): ReactElement | null {
  const { t } = useTranslation();
  const { data: channels } = useQuery(ownQueries.channels());
  const { mutate, error } = useAction<ChannelsView, (typeof DELAYS)[number]>((delay) => {
    const body: ChannelPreferencesDto = { channels: [{ kind: 'in-app', delaySeconds: 0 }, { kind: 'web-push', delaySeconds: Number(delay) }] };
    return { method: 'PUT', path: '/me/channels', body };
  });
  const push = channels?.find(({ kind }) => kind === 'web-push');
  if (!push) return null;
  const chosen = DELAYS.find((each) => Number(each) === push.delaySeconds) ?? null;
  return (
    <>
      <OneOf
        label={t('notify.when')} hint={t('notify.whenHelp')} chosen={chosen} onChange={mutate}
        options={DELAYS.map((value) => ({ value, label: value === '0' ? t('notify.atOnce') : t('notify.after', { seconds: value }) }))}
      />
      <ProblemNote fault={error} />
    </>
  );
}
