import { Menu } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { EveningNowView, StartEveningDto } from '../../demo/contract.js';
import { useAction } from '../api/actions.js';
import { useMe } from '../shell/session.js';
import { evening, inDemo, mayPlay } from './query.js';

const SPEEDS = [1, 4] as const;

/** In the menu of a demo: an evening with simulated peers and requests, at the pace of a clock or four times as fast. */
export function PlayItems(): ReactElement | null {
  const { t } = useTranslation();
  const me = useMe();
  const on = inDemo(me) && mayPlay(me);
  const { data: playing } = useQuery(evening(on));
  const client = useQueryClient();
  const { mutate, isPending } = useAction<EveningNowView, StartEveningDto>((body) => ({ path: '/demo/evening', body }), {
    done: (now) => client.setQueryData(evening(true).queryKey, now),
    failed: () => void client.invalidateQueries({ queryKey: ['evening'] }),
  });
  if (!on || playing === undefined || playing !== null) return null;
  return (
    <>
      <Menu.Label>{t('play.title')}</Menu.Label>
      {SPEEDS.map((speed) => <Menu.Item key={speed} disabled={isPending} onClick={() => mutate({ speed })}>{t(`play.start${speed}`)}</Menu.Item>)}
    </>
  );
}
