import { useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '../api/types.js';
import { DemoBadge } from '../shell/demo-badge.js';
import shell from '../shell/shell.module.css';
import { SignOutButton } from '../shell/sign-out.js';
import { useTitle } from '../shell/title.js';
import parts from '../admin/page-parts.module.css';
import styles from './account.module.css';
import { SecondFactorEnrolment } from './enrolment.js';

/** In the place of every page, until the second factor that the roles ask for is there. */
export function SetUpSecondFactor({ me }: { me: Me }): ReactElement {
  const { t } = useTranslation();
  const client = useQueryClient();
  useTitle(t('secondFactor.title'), me);
  return (
    <div>
      <header className={shell.bar}>
        <strong>{me.organisation?.name ?? t('product')}</strong>
        <DemoBadge demo={me.organisation?.demo} />
        <span className={shell.push} />
        <SignOutButton />
      </header>
      <main className={styles.main}>
        <h1>{t('secondFactor.needed')}</h1>
        <div className={parts.section}>
          <p>{t('secondFactor.neededHelp')}</p>
          <SecondFactorEnrolment onDone={() => void client.invalidateQueries({ queryKey: ['me'] })} />
        </div>
      </main>
    </div>
  );
}
