import { TextInput } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { faultOf } from '../api/problem.js';
import styles from './account.module.css';

/** The sentence under a field the server refused. */
export function useFieldFault(fault: unknown): (field: string) => string | undefined {
  const { t } = useTranslation();
  return (field) => {
    const found = faultOf(fault, field);
    return found && t([`faultAt.${found.code}`, 'faultAt.other']);
  };
}

/** A password to be typed, which may be looked at. `choosing`: a new one, with what it should be like. */
export function PasswordField({ label, name, error, choosing = false, autoFocus = false }: {
  label: string; name: string; error?: string | undefined; choosing?: boolean; autoFocus?: boolean;
}): ReactElement {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  return (
    <div className={styles.field}>
      <TextInput
        name={name} type={shown ? 'text' : 'password'} label={label} error={error} autoFocus={autoFocus} required withAsterisk={false} size="md" maxLength={200}
        description={choosing ? t('fields.passwordHelp') : undefined} inputWrapperOrder={['label', 'input', 'error', 'description']}
        autoComplete={choosing ? 'new-password' : 'current-password'} autoCapitalize="none" spellCheck={false}
      />
      <label className={styles.show}>
        <input type="checkbox" checked={shown} onChange={() => setShown(!shown)} /> {t('signIn.show')}
      </label>
    </div>
  );
}

/** A code of the authenticator app. Recovery codes fit as well, so it is no field for figures only. */
export function CodeField({ label, help, error, autoFocus = false }: { label: string; help?: string; error?: string | undefined; autoFocus?: boolean }): ReactElement {
  return (
    <TextInput
      name="code" label={label} description={help} inputWrapperOrder={['label', 'input', 'error', 'description']} error={error} autoFocus={autoFocus} required
      withAsterisk={false} size="md" maxLength={40} autoComplete="one-time-code" inputMode={help === undefined ? 'numeric' : 'text'} autoCapitalize="none" spellCheck={false}
      className={styles.code}
    />
  );
}

export const textOf = (form: HTMLFormElement, name: string): string => String(new FormData(form).get(name) ?? '');
