import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { FormEvent, ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { PasswordField, textOf } from '../account/fields.js';
import { queries } from '../api/queries.js';
import { ProblemNote } from '../parts/problem-note.js';
import { useTitle } from '../shell/title.js';
import { CodeStep } from './code-step.js';
import { FrontDoor } from './front-door.js';
import styles from './sign-in.module.css';
import { useSigningIn } from './signing-in.js';

export function SignIn(): ReactElement {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const next = ownPath(params.get('next'));
  const { data: organisation } = useQuery(queries.organisation());
  const signing = useSigningIn(next);
  useTitle(t('signIn.title'));
  const send = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    signing.signIn({ email: textOf(event.currentTarget, 'email').trim(), password: textOf(event.currentTarget, 'password') });
  };
  return (
    <FrontDoor organisation={organisation} foot={t('signIn.help')}>
      {signing.wantsCode ? <CodeStep signing={signing} /> : (
        <>
          <h1 className={styles.title}>{t('signIn.title')}</h1>
          {next !== null && <p className="pd-dim">{t('signIn.again')}</p>}
          <form onSubmit={send} className={styles.form}>
            <TextInput name="email" type="email" label={t('signIn.email')} autoComplete="username" required withAsterisk={false} autoFocus size="md" maxLength={254} />
            <PasswordField name="password" label={t('signIn.password')} />
            <ProblemNote fault={signing.error} />
            <Button type="submit" size="md" fullWidth loading={signing.isPending}>{t('signIn.submit')}</Button>
          </form>
        </>
      )}
    </FrontDoor>
  );
}

/** Only a path of this page: an address from elsewhere could send somebody to a copy of it. */
function ownPath(next: string | null): string | null {
  return next !== null && /^\/[a-z0-9-]+(\/[a-z0-9-]+)*$/.test(next) ? next : null;
}
