import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './board.module.css';

const STEP = 300;
/** The server gives no more at once. */
export const MOST = 1_000;

/** That more is open than stands here, how much more, and the way to it. `listed`: of all programmes. */
export function MoreOpen({ shown, total, listed, onMore }: { shown: number; total: number; listed: number; onMore: (limit: number) => void }): ReactElement | null {
  const { t } = useTranslation();
  if (total <= shown) return null;
  const more = Math.min(STEP, MOST - listed, total - shown);
  return (
    <div className={styles.empty}>
      <p>{t('board.more', { shown, total })}</p>
      {more > 0 && <Button variant="default" size="sm" onClick={() => onMore(Math.min(listed + STEP, MOST))}>{t('board.showMore', { count: more })}</Button>}
    </div>
  );
}
