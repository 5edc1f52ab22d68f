import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { call } from '../api/http.js';
import { queries } from '../api/queries.js';
import { language, LANGUAGES, speak } from '../i18n.js';
import { ProblemNote } from '../parts/problem-note.js';
import { DemoBadge } from '../shell/demo-badge.js';
import { useTitle } from '../shell/title.js';
import icon from '../icon.svg';
import styles from './sign-in.module.css';

export function SignIn(): ReactElement {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const next = ownPath(params.get('next'));
  const [shown, setShown] = useState(false);
  useTitle(t('signIn.title'));
  const { data: organisation } = useQuery(queries.organisation());
  const { mutate, isPending, error } = useMutation({
    mutationFn: (body: { email: string; password: string }) => call('/sessions', { method: 'POST', body }),
    onSuccess: async () => {
      client.clear();
      await client.fetchQuery(queries.me());
      await navigate(next ?? '/', { replace: true });
    },
  });
  const send = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    mutate({ email: String(form.get('email')).trim(), password: String(form.get('password')) });
  };
  return (
    <main className={styles.page}>
      <div className={styles.panel}>
        <p className={styles.product}><img src={icon} alt="" width={28} height={28} />{organisation?.name ?? t('product')}<DemoBadge demo={organisation?.demo} /></p>
        <h1 className={styles.title}>{t('signIn.title')}</h1>
        {next !== null && <p className="pd-dim">{t('signIn.again')}</p>}
        <form onSubmit={send} className={styles.form}>
          <TextInput name="email" type="email" label={t('signIn.email')} autoComplete="username" required withAsterisk={false} autoFocus size="md" maxLength={254} />
          <TextInput name="password" type={shown ? 'text' : 'password'} label={t('signIn.password')} autoComplete="current-password" required withAsterisk={false} size="md" maxLength={200} />
          <label className={styles.show}>
            <input type="checkbox" checked={shown} onChange={() => setShown(!shown)} /> {t('signIn.show')}
          </label>
          <ProblemNote fault={error} />
          <Button type="submit" size="md" fullWidth loading={isPending}>{t('signIn.submit')}</Button>
        </form>
        <p className={styles.languages}>
          {LANGUAGES.map((each) => (
            <button key={each} type="button" lang={each} aria-pressed={each === language()} onClick={() => void speak(each)}>{t(`language.${each}`)}</button>
          ))}
        </p>
      </div>
      <p className={styles.foot}>{t('signIn.help')}</p>
    </main>
  );
}

/** Only a path of this page: an address from elsewhere could send somebody to a copy of it. */
function ownPath(next: string | null): string | null {
  return next !== null && /^\/[a-z0-9-]+(\/[a-z0-9-]+)*$/.test(next) ? next : null;
}
