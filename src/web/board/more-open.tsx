import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './board.module.css';

const STEP = 300;
/** The server gives no more at once. */
const MOST = 1_000;

/** That more is open than stands here, how much more, and the way to it. */
export function MoreOpen({ shown, total, onMore }: { shown: number; total: number; onMore: (limit: number) => void }): ReactElement | null {
  const { t } = useTranslation();
  if (total <= shown) return null;
  const next = Math.min(shown + STEP, total, MOST);
  return (
    <div className={styles.empty}>
      <p>{t('board.more', { shown, total })}</p>
      {next > shown && <Button variant="default" size="sm" onClick={() => onMore(Math.min(shown + STEP, MOST))}>{t('board.showMore', { count: next - shown })}</Button>}
    </div>
  );
}
