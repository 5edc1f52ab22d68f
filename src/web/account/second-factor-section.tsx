import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../api/actions.js';
import { ApiProblem } from '../api/problem.js';
import { ProblemNote } from '../parts/problem-note.js';
import parts from '../admin/page-parts.module.css';
import styles from './account.module.css';
import { RecoveryCodes, SecondFactorEnrolment } from './enrolment.js';
import { CodeField, PasswordField, textOf, useFieldFault } from './fields.js';
import { accountQueries } from './queries.js';

export function SecondFactorSection(): ReactElement {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data, error } = useQuery(accountQueries.secondFactor());
  const [doing, setDoing] = useState<'set-up' | 'remove' | 'renew' | null>(null);
  const done = (): void => {
    setDoing(null);
    for (const queryKey of [['account'], ['me']]) void client.invalidateQueries({ queryKey });
  };
  return (
    <section className={parts.section} aria-labelledby="second-factor-title">
      <h2 id="second-factor-title">{t('secondFactor.title')}</h2>
      <ProblemNote fault={error} />
      {doing === 'set-up' && <SecondFactorEnrolment onDone={done} onBack={() => setDoing(null)} />}
      {doing === 'remove' && <Remove onDone={done} onBack={() => setDoing(null)} />}
      {doing === 'renew' && <Renew onDone={done} onBack={() => setDoing(null)} />}
      {doing === null && data?.state === 'on' && (
        <>
          <p><span className={styles.good}>{t('secondFactor.on')}</span> {t('secondFactor.left', { count: data.recoveryCodesLeft })}</p>
          {data.required && <p className="pd-dim">{t('secondFactor.stays')}</p>}
          <div className={parts.buttons}>
            <Button variant="default" onClick={() => setDoing('renew')}>{t('secondFactor.renew')}</Button>
            {!data.required && <Button variant="default" onClick={() => setDoing('remove')}>{t('secondFactor.turnOff')}</Button>}
          </div>
        </>
      )}
      {doing === null && data && data.state !== 'on' && (
        <>
          <p className="pd-dim">{t('secondFactor.help')}</p>
          <Button variant="default" onClick={() => setDoing('set-up')}>{t('secondFactor.setUp')}</Button>
        </>
      )}
    </section>
  );
}

interface Proof {
  readonly password: string;
  readonly code: string;
}

function Remove({ onDone, onBack }: { onDone: () => void; onBack: () => void }): ReactElement {
  const { t } = useTranslation();
  const { mutate, isPending, error } = useAction<null, Proof>((body) => ({ method: 'DELETE', path: '/me/second-factor', body }), { done: onDone });
  return <Prove act={t('secondFactor.turnOff')} fault={error} busy={isPending} onProof={mutate} onBack={onBack} />;
}

/** New recovery codes in place of the old, which end with it. */
function Renew({ onDone, onBack }: { onDone: () => void; onBack: () => void }): ReactElement {
  const { t } = useTranslation();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const { mutate, isPending, error } = useAction<{ recoveryCodes: string[] }, Proof>(
    (body) => ({ path: '/me/second-factor/recovery-codes', body }), { done: ({ recoveryCodes }) => setCodes(recoveryCodes) },
  );
  if (codes) return <RecoveryCodes codes={codes} said={t('secondFactor.renewed')} onDone={onDone} />;
  return (
    <>
      <p className="pd-dim">{t('secondFactor.renewHelp')}</p>
      <Prove act={t('secondFactor.renew')} fault={error} busy={isPending} onProof={mutate} onBack={onBack} />
    </>
  );
}

/** Who asks shows that they are who signed in. */
function Prove({ act, fault, busy, onProof, onBack }: { act: string; fault: unknown; busy: boolean; onProof: (proof: Proof) => void; onBack: () => void }): ReactElement {
  const { t } = useTranslation();
  const faultAt = useFieldFault(fault);
  const send = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    onProof({ password: textOf(event.currentTarget, 'password'), code: textOf(event.currentTarget, 'code').trim() });
  };
  return (
    <form className={styles.form} onSubmit={send}>
      <PasswordField name="password" label={t('signIn.password')} error={faultAt('password')} autoFocus />
      <CodeField label={t('signIn.code')} help={t('signIn.codeHelp')} error={faultAt('code')} />
      <ProblemNote fault={fault instanceof ApiProblem && fault.faults.length > 0 ? null : fault} />
      <div className={parts.buttons}>
        <Button type="submit" loading={busy}>{act}</Button>
        <Button variant="default" onClick={onBack}>{t('common.back')}</Button>
      </div>
    </form>
  );
}
