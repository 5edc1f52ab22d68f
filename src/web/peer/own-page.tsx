import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import styles from './peer.module.css';

/** A quiet page of one's own, with the way back at its top. */
export function OwnPage({ title, children, foot }: { title: string; children: ReactNode; foot?: ReactNode }): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <div className={styles.words}>
        <Link to="/peer" className={styles.backLink}>{t('common.back')}</Link>
        <h1>{title}</h1>
        {children}
      </div>
      {foot !== undefined && <div className={styles.thumb}>{foot}</div>}
    </>
  );
}
