import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { call } from '../api/http.js';
import { ApiProblem } from '../api/problem.js';
import { queries } from '../api/queries.js';
import { ProblemNote } from '../parts/problem-note.js';
import { CodeStep } from '../sign-in/code-step.js';
import { FrontDoor } from '../sign-in/front-door.js';
import door from '../sign-in/sign-in.module.css';
import { useSigningIn } from '../sign-in/signing-in.js';
import { useTitle } from '../shell/title.js';
import { PasswordField, textOf, useFieldFault } from './fields.js';
import { forgetToken, takeToken } from './link-token.js';
import type { OneTimeLink } from './types.js';

/** Where a one-time link leads: choose a password, and be signed in with it. */
export function Welcome(): ReactElement {
  const { t } = useTranslation();
  const { data: organisation } = useQuery(queries.organisation());
  const [token] = useState(() => takeToken({ location: window.location, history: window.history, storage: window.sessionStorage }));
  const link = useQuery({
    queryKey: ['link'], enabled: token !== null, staleTime: Number.POSITIVE_INFINITY, gcTime: 0,
    queryFn: ({ signal }) => call<OneTimeLink>('/invites/look', { method: 'POST', body: { token }, signal }),
  });
  useTitle(t('welcome.title'));
  const over = token === null || (link.error instanceof ApiProblem && [410, 422].includes(link.error.status));
  return (
    <FrontDoor organisation={organisation}>
      {over && <LinkOver />}
      {!over && link.data && <Choose token={token} link={link.data} />}
      {!over && !link.data && (link.error ? <ProblemNote fault={link.error} /> : <p className="pd-dim" aria-busy="true">{t('page.loading')}</p>)}
    </FrontDoor>
  );
}

function LinkOver(): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <h1 className={door.title}>{t('welcome.over')}</h1>
      <p>{t('welcome.overHelp')}</p>
      <Button component={Link} to="/sign-in" variant="default" size="md" fullWidth>{t('welcome.toSignIn')}</Button>
    </>
  );
}

interface Acceptance {
  readonly password: string;
  readonly email?: string;
  readonly displayName?: string;
}

function Choose({ token, link }: { token: string; link: OneTimeLink }): ReactElement {
  const { t } = useTranslation();
  const signing = useSigningIn(null);
  const { mutate, isPending, error, data: accepted } = useMutation({
    mutationFn: (said: Acceptance) => call<{ email: string }>('/invites/accept', { method: 'POST', body: { token, ...said } }),
    onSuccess: ({ email }, { password }) => {
      forgetToken(window.sessionStorage);
      signing.signIn({ email, password });
    },
  });
  const faultAt = useFieldFault(error);
  if (error instanceof ApiProblem && error.status === 410) return <LinkOver />;
  if (signing.wantsCode) return <CodeStep signing={signing} />;
  const first = link.purpose === 'first-admin';
  const send = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    const [email, displayName] = [textOf(form, 'email').trim(), textOf(form, 'displayName').trim()];
    // What stays as it was is not sent: only the first administrator says who they are.
    mutate({ password: textOf(form, 'password'), ...(first && email !== link.email ? { email } : {}), ...(first && displayName !== link.displayName ? { displayName } : {}) });
  };
  return (
    <>
      <h1 className={door.title}>{t(`welcome.heading.${link.purpose}`, { name: link.displayName })}</h1>
      <p>{t(`welcome.help.${link.purpose}`)}</p>
      <form onSubmit={send} className={door.form}>
        {first && <TextInput name="displayName" label={t('welcome.name')} defaultValue={link.displayName} error={faultAt('displayName')} required withAsterisk={false} size="md" maxLength={120} autoComplete="name" />}
        <TextInput
          name="email" type="email" label={t('signIn.email')} defaultValue={link.email} error={faultAt('email')} readOnly={!first} required withAsterisk={false} size="md"
          maxLength={254} autoComplete="username"
        />
        <PasswordField name="password" label={t('welcome.password')} error={faultAt('password')} choosing autoFocus />
        <ProblemNote fault={signing.error ?? (error instanceof ApiProblem && error.faults.length > 0 ? null : error)} />
        {accepted && signing.error
          ? <Button component={Link} to="/sign-in" size="md" fullWidth>{t('welcome.toSignIn')}</Button>
          : <Button type="submit" size="md" fullWidth loading={isPending || signing.isPending}>{t('welcome.submit')}</Button>}
      </form>
    </>
  );
}
