import { Button } from '@mantine/core';
import type { FormEvent, ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeField, textOf } from '../account/fields.js';
import { ProblemNote } from '../parts/problem-note.js';
import styles from './sign-in.module.css';
import type { SigningIn } from './signing-in.js';

/** The password was right; the app's code is still to come. */
export function CodeStep({ signing }: { signing: SigningIn }): ReactElement {
  const { t } = useTranslation();
  const send = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    signing.sendCode(textOf(event.currentTarget, 'code').trim());
  };
  return (
    <>
      <h1 className={styles.title}>{t('signIn.codeTitle')}</h1>
      <form onSubmit={send} className={styles.form}>
        <CodeField label={t('signIn.code')} help={t('signIn.codeHelp')} autoFocus />
        <ProblemNote fault={signing.error} />
        <Button type="submit" size="md" fullWidth loading={signing.isPending}>{t('signIn.submit')}</Button>
        <Button variant="subtle" color="gray" c="var(--pd-text)" size="md" fullWidth onClick={signing.startOver}>{t('common.back')}</Button>
      </form>
    </>
  );
}
