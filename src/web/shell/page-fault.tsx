import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useRouteError } from 'react-router';
import { queries } from '../api/queries.js';
import { DemoBadge } from './demo-badge.js';
import { SignOutButton } from './sign-out.js';
import styles from './shell.module.css';
import { useTitle } from './title.js';

export function NotFound(): ReactElement {
  const { t } = useTranslation();
  return <Apology title={t('page.notFound')} help={t('page.notFoundHelp')}><Button component={Link} to="/">{t('page.home')}</Button></Apology>;
}

export function Forbidden(): ReactElement {
  const { t } = useTranslation();
  return <Apology title={t('page.forbidden')} help={t('page.forbiddenHelp')}><SignOutButton /></Apology>;
}

/** An old tab after a deploy asks for files that are gone: loading the page afresh is the cure. */
export function PageFault(): ReactElement {
  const { t } = useTranslation();
  const fault = useRouteError();
  const outdated = fault instanceof TypeError && /import/i.test(fault.message);
  return (
    <Apology title={t(outdated ? 'page.outdated' : 'page.broken')} help={t(outdated ? 'page.outdatedHelp' : 'page.brokenHelp')}>
      <Button onClick={() => window.location.reload()}>{t('page.reload')}</Button>
    </Apology>
  );
}

function Apology({ title, help, children }: { title: string; help: string; children: ReactNode }): ReactElement {
  const { data: organisation } = useQuery(queries.organisation());
  useTitle(title);
  return (
    <main className={styles.centre}>
      <DemoBadge demo={organisation?.demo} />
      <h1 className={styles.faultTitle}>{title}</h1>
      <p className="pd-dim">{help}</p>
      {children}
    </main>
  );
}
