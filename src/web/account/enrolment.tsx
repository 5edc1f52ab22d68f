import { Button } from '@mantine/core';
import { useState, type FormEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../api/actions.js';
import { ApiProblem } from '../api/problem.js';
import { ProblemNote } from '../parts/problem-note.js';
import parts from '../admin/page-parts.module.css';
import styles from './account.module.css';
import { CodeField, PasswordField, textOf, useFieldFault } from './fields.js';
import { QrCode } from './qr-code.js';
import type { Enrolment } from './types.js';

/** Sets a second factor up: the app learns the secret, a code proves it, and the recovery codes are kept. */
export function SecondFactorEnrolment({ onDone, onBack }: { onDone: () => void; onBack?: () => void }): ReactElement {
  const { t } = useTranslation();
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const begin = useAction<Enrolment, { password: string }>((body) => ({ path: '/me/second-factor', body }), { done: setEnrolment });
  const faultAt = useFieldFault(begin.error);
  const send = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    begin.mutate({ password: textOf(event.currentTarget, 'password') });
  };
  if (codes) return <RecoveryCodes codes={codes} said={t('secondFactor.isOn')} onDone={onDone} />;
  if (enrolment) return <Confirm enrolment={enrolment} onConfirmed={setCodes} onBack={onBack} />;
  return (
    <form className={styles.form} onSubmit={send}>
      <p>{t('secondFactor.beginHelp')}</p>
      <PasswordField name="password" label={t('signIn.password')} error={faultAt('password')} />
      <ProblemNote fault={begin.error instanceof ApiProblem && begin.error.faults.length > 0 ? null : begin.error} />
      <div className={parts.buttons}>
        <Button type="submit" size="md" loading={begin.isPending}>{t('secondFactor.begin')}</Button>
        {onBack && <Button size="md" variant="default" onClick={onBack}>{t('common.back')}</Button>}
      </div>
    </form>
  );
}

function Confirm({ enrolment, onConfirmed, onBack }: { enrolment: Enrolment; onConfirmed: (codes: readonly string[]) => void; onBack: (() => void) | undefined }): ReactElement {
  const { t } = useTranslation();
  const { mutate, isPending, error } = useAction<{ recoveryCodes: string[] }, { code: string }>(
    (body) => ({ path: '/me/second-factor/confirm', body }), { done: ({ recoveryCodes }) => onConfirmed(recoveryCodes) },
  );
  const faultAt = useFieldFault(error);
  const send = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    mutate({ code: textOf(event.currentTarget, 'code').trim() });
  };
  return (
    <>
      <ol className={styles.steps}>
        <li>{t('secondFactor.stepApp')}</li>
        <li>{t('secondFactor.stepScan')}</li>
        <li>{t('secondFactor.stepCode')}</li>
      </ol>
      <QrCode text={enrolment.uri} label={t('secondFactor.qr')} />
      <p>{t('secondFactor.byHand')} <span className={styles.secret} translate="no">{enrolment.secret.match(/.{1,4}/g)?.join(' ')}</span></p>
      <form className={styles.form} onSubmit={send}>
        <CodeField label={t('secondFactor.codeNow')} error={faultAt('code')} autoFocus />
        <ProblemNote fault={error instanceof ApiProblem && error.status === 422 ? null : error} />
        <div className={parts.buttons}>
          <Button type="submit" size="md" loading={isPending}>{t('secondFactor.confirm')}</Button>
          {onBack && <Button size="md" variant="default" onClick={onBack}>{t('common.back')}</Button>}
        </div>
      </form>
    </>
  );
}

/** The only time they are shown, so that nobody leaves by accident. */
export function RecoveryCodes({ codes, said, onDone }: { codes: readonly string[]; said: string; onDone: () => void }): ReactElement {
  const { t } = useTranslation();
  const [kept, setKept] = useState(false);
  return (
    <>
      <p className={styles.good} role="status">{said}</p>
      <p>{t('secondFactor.codesHelp')}</p>
      <ul className={styles.codes} translate="no" aria-label={t('secondFactor.codes')}>{codes.map((code) => <li key={code}>{code}</li>)}</ul>
      <label className={styles.kept}>
        <input type="checkbox" checked={kept} onChange={() => setKept(!kept)} /> {t('secondFactor.kept')}
      </label>
      <Button size="md" disabled={!kept} onClick={onDone}>{t('secondFactor.goOn')}</Button>
    </>
  );
}
