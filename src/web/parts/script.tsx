import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScriptView } from '../../dispatch/contract.js';
import { language } from '../i18n.js';
import styles from './parts.module.css';

/** The words to say, in both languages: the reader's own first. */
export function Script({ script }: { script: ScriptView }): ReactElement {
  const { t } = useTranslation();
  const order = language() === 'es' ? (['es', 'en'] as const) : (['en', 'es'] as const);
  return (
    <div className={styles.scripts}>
      {order.map((each) => (
        <section key={each} className={styles.script} aria-label={t('script.in', { language: t(`language.${each}`) })}>
          <h4 className={styles.scriptLanguage}>{t(`language.${each}`)}</h4>
          <p lang={each}>{script[each]}</p>
        </section>
      ))}
    </div>
  );
}
