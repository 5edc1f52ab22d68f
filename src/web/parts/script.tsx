import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScriptView } from '../../dispatch/contract.js';
import { language, type Language } from '../i18n.js';
import { languageName } from './language-name.js';
import styles from './parts.module.css';

/** The words to say, in both languages: the reader's own first, and where there is little room the other one folded away. */
export function Script({ script, narrow = false }: { script: ScriptView; narrow?: boolean }): ReactElement {
  const { t } = useTranslation();
  const [own, other] = language() === 'es' ? (['es', 'en'] as const) : (['en', 'es'] as const);
  const wide = !narrow && window.matchMedia('(min-width: 768px)').matches;
  if (wide) return <div className={styles.scripts}><Words script={script} language={own} /><Words script={script} language={other} /></div>;
  return (
    <div className={styles.scripts}>
      <Words script={script} language={own} />
      <details className={styles.fold}>
        <summary>{t('script.in', { language: languageName(other, own) })}</summary>
        <Words script={script} language={other} />
      </details>
    </div>
  );
}

function Words({ script, language: spoken }: { script: ScriptView; language: Language }): ReactElement {
  const { t } = useTranslation();
  return (
    <section className={styles.script} aria-label={t('script.in', { language: languageName(spoken, language()) })}>
      <h4 className={styles.scriptLanguage} lang={spoken}>{t(`language.${spoken}`)}</h4>
      <p lang={spoken}>{script[spoken]}</p>
    </section>
  );
}
