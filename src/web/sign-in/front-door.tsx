import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Organisation } from '../api/types.js';
import icon from '../icon.svg';
import { language, LANGUAGES, speak } from '../i18n.js';
import { DemoBadge } from '../shell/demo-badge.js';
import styles from './sign-in.module.css';

/** What everybody sees before they are signed in: whose door it is, and in which language. */
export function FrontDoor({ organisation, foot, children }: { organisation: Organisation | undefined; foot?: string; children: ReactNode }): ReactElement {
  const { t } = useTranslation();
  return (
    <main className={styles.page}>
      <div className={styles.panel}>
        <p className={styles.product}><img src={icon} alt="" width={28} height={28} />{organisation?.name ?? t('product')}<DemoBadge demo={organisation?.demo} /></p>
        {children}
        <p className={styles.languages}>
          {LANGUAGES.map((each) => (
            <button key={each} type="button" lang={each} aria-pressed={each === language()} onClick={() => void speak(each)}>{t(`language.${each}`)}</button>
          ))}
        </p>
      </div>
      {foot !== undefined && <p className={styles.foot}>{foot}</p>}
    </main>
  );
}
