import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { say, useNotice } from './notice.js';
import styles from './peer.module.css';

/** What happened meanwhile, until it was read. */
export function NoticeBar(): ReactElement {
  const { t } = useTranslation();
  const notice = useNotice();
  return (
    <div role="status">
      {notice && (
        <div className={styles.notice}>
          <p>{t([...notice])}</p>
          <button type="button" className={styles.quiet} onClick={() => say(null)}>{t('peer.noticeRead')}</button>
        </div>
      )}
    </div>
  );
}
