import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useRouteError } from 'react-router';
import { SignOutButton } from './sign-out.js';
import styles from './shell.module.css';

export function NotFound(): ReactElement {
  const { t } = useTranslation();
  return (
    <main className={styles.centre}>
      <h1 className={styles.faultTitle}>{t('page.notFound')}</h1>
      <p className="pd-dim">{t('page.notFoundHelp')}</p>
      <Button component={Link} to="/">{t('page.home')}</Button>
    </main>
  );
}

export function Forbidden(): ReactElement {
  const { t } = useTranslation();
  return (
    <main className={styles.centre}>
      <h1 className={styles.faultTitle}>{t('page.forbidden')}</h1>
      <p className="pd-dim">{t('page.forbiddenHelp')}</p>
      <SignOutButton />
    </main>
  );
}

/** An old tab after a deploy asks for files that are gone: loading the page afresh is the cure. */
export function PageFault(): ReactElement {
  const { t } = useTranslation();
  const fault = useRouteError();
  const outdated = fault instanceof TypeError && /import/i.test(fault.message);
  return (
    <main className={styles.centre}>
      <h1 className={styles.faultTitle}>{t(outdated ? 'page.outdated' : 'page.broken')}</h1>
      <p className="pd-dim">{t(outdated ? 'page.outdatedHelp' : 'page.brokenHelp')}</p>
      <Button onClick={() => window.location.reload()}>{t('page.reload')}</Button>
    </main>
  );
}
