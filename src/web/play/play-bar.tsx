import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { EveningNowView, EveningView } from '../../demo/contract.js';
import { useAction } from '../api/actions.js';
import type { Me } from '../api/types.js';
import { ProblemNote } from '../parts/problem-note.js';
import { elapsed } from '../time/format.js';
import { useNow } from '../time/now.js';
import styles from './play.module.css';
import { evening, inDemo, mayPlay, maySee } from './query.js';

/** On every staff page while an evening is played: that nothing of it is real, how far it is, and the way to end it. */
export function PlayBar({ me }: { me: Me }): ReactElement | null {
  const { data: playing } = useQuery(evening(inDemo(me) && maySee(me)));
  return playing ? <Bar playing={playing} mayStop={mayPlay(me)} /> : null;
}

function Bar({ playing, mayStop }: { playing: EveningView; mayStop: boolean }): ReactElement {
  const { t } = useTranslation();
  const now = useNow();
  const client = useQueryClient();
  const { mutate, isPending, error } = useAction<EveningNowView>(() => ({ method: 'DELETE', path: '/demo/evening' }), {
    done: (after) => client.setQueryData(evening(true).queryKey, after),
  });
  const atMs = (now - Date.parse(playing.startedAt)) * playing.speed;
  return (
    <section className={styles.bar} aria-label={t('play.title')}>
      <p>
        <strong>{t('play.demo')}</strong>
        <span>{t(playing.state === 'closing' ? 'play.closing' : 'play.running')}</span>
        <time className={styles.figures}>{elapsed(atMs)}</time>
        <span className={styles.figures}>{t('play.requests', { received: playing.requestsReceived, total: playing.requestsTotal })}</span>
        {playing.speed > 1 && <span className={styles.figures}>{t('play.speed', { speed: playing.speed })}</span>}
      </p>
      <ProblemNote fault={error} />
      {mayStop && <Button variant="default" h={44} loading={isPending || playing.state === 'closing'} onClick={() => mutate()}>{t('play.stop')}</Button>}
    </section>
  );
}
