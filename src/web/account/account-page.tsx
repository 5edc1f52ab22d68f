import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, type FormEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAction } from '../api/actions.js';
import { ApiProblem } from '../api/problem.js';
import { language } from '../i18n.js';
import { Icon } from '../parts/icons.js';
import { NewVersion } from '../parts/new-version.js';
import { ProblemNote } from '../parts/problem-note.js';
import { AccountMenu } from '../shell/account-menu.js';
import { DemoBadge } from '../shell/demo-badge.js';
import { ResetWords } from '../shell/reset-bar.js';
import { useMe } from '../shell/session.js';
import shell from '../shell/shell.module.css';
import { useTitle } from '../shell/title.js';
import { clockTime } from '../time/format.js';
import { serverNow } from '../time/now.js';
import parts from '../admin/page-parts.module.css';
import styles from './account.module.css';
import { PasswordField, textOf, useFieldFault } from './fields.js';
import { accountQueries } from './queries.js';
import { SecondFactorSection } from './second-factor-section.js';

/** One's own account: how one signs in, and where one is signed in. */
export function AccountPage(): ReactElement {
  const { t } = useTranslation();
  const me = useMe();
  useTitle(t('myAccount.title'), me);
  return (
    <div>
      <header className={shell.bar}>
        <Link to="/" className={styles.back} aria-label={t('page.home')}><Icon name="back" /></Link>
        <strong>{me.organisation?.name ?? t('product')}</strong>
        <DemoBadge demo={me.organisation?.demo} />
        <span className={shell.push} />
        <AccountMenu />
      </header>
      <NewVersion />
      <main className={styles.main}>
        <h1>{me.account.displayName}</h1>
        <p className={styles.who}>{me.account.email} · {me.account.roles.map((role) => t(`role.${role}`)).join(', ')}</p>
        {me.lastReset && <p><ResetWords reset={me.lastReset} /> {t('reset.notYou')}</p>}
        <ChangePassword />
        <SecondFactorSection />
        <Sessions />
      </main>
    </div>
  );
}

function ChangePassword(): ReactElement {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const { mutate, isPending, error } = useAction<null, { current: string; next: string }>((body) => ({ method: 'PUT', path: '/me/password', body }), {
    done: () => {
      form.current?.reset();
      notifications.show({ message: t('myAccount.passwordChanged'), color: 'teal' });
      void client.invalidateQueries({ queryKey: ['account'] });
    },
  });
  const faultAt = useFieldFault(error);
  const send = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    mutate({ current: textOf(event.currentTarget, 'current'), next: textOf(event.currentTarget, 'next') });
  };
  return (
    <section className={parts.section} aria-labelledby="password-title">
      <h2 id="password-title">{t('myAccount.password')}</h2>
      <p className="pd-dim">{t('myAccount.passwordHelp')}</p>
      <form ref={form} className={styles.form} onSubmit={send}>
        <PasswordField name="current" label={t('myAccount.current')} error={faultAt('current')} />
        <PasswordField name="next" label={t('myAccount.next')} error={faultAt('next')} choosing />
        <ProblemNote fault={error instanceof ApiProblem && error.faults.length > 0 ? null : error} />
        <div><Button type="submit" loading={isPending}>{t('myAccount.changePassword')}</Button></div>
      </form>
    </section>
  );
}

function Sessions(): ReactElement {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data: sessions = [], error } = useQuery(accountQueries.sessions());
  const asked = { done: () => void client.invalidateQueries({ queryKey: ['account'] }) };
  const end = useAction<null, string>((id) => ({ method: 'DELETE', path: `/me/sessions/${id}` }), asked);
  const endOthers = useAction<null>(() => ({ method: 'DELETE', path: '/me/sessions' }), asked);
  const at = (time: string): string => clockTime(new Date(time), new Date(serverNow()), language());
  return (
    <section className={parts.section} aria-labelledby="sessions-title">
      <h2 id="sessions-title">{t('myAccount.sessions')}</h2>
      <p className="pd-dim">{t('myAccount.sessionsHelp')}</p>
      <ProblemNote fault={error ?? end.error ?? endOthers.error} />
      <ul className={styles.list}>
        {sessions.map(({ id, createdAt, lastSeenAt, current }) => (
          <li key={id}>
            <span>{t('myAccount.since', { since: at(createdAt), seen: at(lastSeenAt) })}</span>
            {current
              ? <span className={styles.good}>{t('myAccount.thisOne')}</span>
              : <Button variant="default" size="compact-md" loading={end.isPending && end.variables === id} onClick={() => end.mutate(id)}>{t('myAccount.endOne')}</Button>}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && <Button variant="default" loading={endOthers.isPending} onClick={() => endOthers.mutate()}>{t('myAccount.endOthers')}</Button>}
    </section>
  );
}
