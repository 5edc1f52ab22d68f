import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { OwnPage } from './own-page.js';
import styles from './peer.module.css';

/** What somebody may want in the middle of a night; the bar under the thumb must leave them in sight. */
const NEAR = ['work', 'away', 'limits', 'wellness', 'more'] as const;
const FAR = ['supervision', 'checks', 'policies', 'credentials', 'topics', 'own-care', 'about', 'settings'] as const;
type Door = (typeof NEAR)[number] | (typeof FAR)[number];

/** The quiet pages: nothing there is needed at night. */
export function Doors(): ReactElement {
  return <Links doors={NEAR} className={styles.doors} />;
}

/** Everything of the peer's own that is not needed on the way. */
export function More(): ReactElement {
  const { t } = useTranslation();
  return <OwnPage title={t('doors.title')}><Links doors={FAR} className={styles.doorList} /></OwnPage>;
}

function Links({ doors, className }: { doors: readonly Door[]; className: string | undefined }): ReactElement {
  const { t } = useTranslation();
  return (
    <nav aria-label={t('doors.title')}>
      <ul className={className}>{doors.map((door) => <li key={door}><Link to={`/peer/${door}`}>{t(`doors.${door}`)}</Link></li>)}</ul>
    </nav>
  );
}
