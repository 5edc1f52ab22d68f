import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../api/actions.js';
import { language } from '../../i18n.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { useMe } from '../../shell/session.js';
import { clockTime } from '../../time/format.js';
import { serverNow } from '../../time/now.js';
import parts from '../page-parts.module.css';
import styles from './accounts.module.css';
import type { Account } from './queries.js';
import { ShownOnce } from './shown-once.js';

interface Link {
  readonly link: string;
  readonly expiresAt: string;
}

/** How they get in, and how they are kept out. */
export function AccountDoors({ account }: { account: Account }): ReactElement {
  const { t } = useTranslation();
  const own = useMe().account.id === account.id;
  const [made, setMade] = useState<Link | null>(null);
  const purpose = account.state === 'invited' ? 'invite' : 'password-reset';
  const path = `/accounts/${account.id}`;
  const link = useAction<Link>(() => ({ path: `${path}/${purpose}` }), { done: setMade });
  const saved = { done: () => notifications.show({ message: t('accounts.saved'), color: 'teal' }) };
  const endSessions = useAction(() => ({ method: 'DELETE', path: `${path}/sessions` }), saved);
  const resetFactor = useAction(() => ({ method: 'DELETE', path: `${path}/second-factor` }), saved);
  const disable = useAction<Account, boolean>((disabled) => ({ method: 'PATCH', path, version: account.version, body: { disabled } }), saved);
  return (
    <section className={parts.section} aria-labelledby="doors-title">
      <h2 id="doors-title">{t('accounts.doors')}</h2>
      {made && <ShownOnce key={made.link} title={t('accounts.linkTitle')} help={t(`accounts.linkHelp.${purpose}`)} secret={made.link} onClose={() => setMade(null)} />}
      <ProblemNote at="desk" fault={link.error ?? endSessions.error ?? resetFactor.error ?? disable.error} />
      <div className={parts.rows}>
        {account.state !== 'disabled' && !own && (
          <Row title={t(`accounts.link.${purpose}`)} help={linkHelp(account, t)}>
            <Button variant="default" loading={link.isPending} onClick={() => link.mutate()}>{t('accounts.newLink')}</Button>
          </Row>
        )}
        {account.state === 'active' && !own && (
          <Asked title={t('accounts.endSessions')} help={t('accounts.endSessionsHelp')} question={t('accounts.endSessionsAsk', { name: account.displayName })} busy={endSessions.isPending} onYes={() => endSessions.mutate()} />
        )}
        {account.secondFactor && !own && (
          <Asked title={t('accounts.resetFactor')} help={t('accounts.resetFactorHelp')} question={t('accounts.resetFactorAsk', { name: account.displayName })} busy={resetFactor.isPending} onYes={() => resetFactor.mutate()} />
        )}
        {account.state === 'disabled'
          ? <Row title={t('accounts.enable')} help={t('accounts.enableHelp')}><Button variant="default" loading={disable.isPending} onClick={() => disable.mutate(false)}>{t('accounts.enable')}</Button></Row>
          : <Asked title={t('accounts.disable')} help={t('accounts.disableHelp')} question={t('accounts.disableAsk', { name: account.displayName })} busy={disable.isPending} onYes={() => disable.mutate(true)} />}
      </div>
    </section>
  );
}

function linkHelp({ state, linkExpiresAt }: Account, t: ReturnType<typeof useTranslation>['t']): string {
  if (linkExpiresAt === null) return t(state === 'invited' ? 'accounts.noLink' : 'accounts.resetHelp');
  const now = serverNow();
  const at = clockTime(new Date(linkExpiresAt), new Date(now), language());
  return t(Date.parse(linkExpiresAt) > now ? 'accounts.linkUntil' : 'accounts.linkExpired', { at });
}

function Row({ title, help, children }: { title: string; help: string; children: ReactElement }): ReactElement {
  return (
    <div className={parts.row}>
      <div className={styles.what}><strong>{title}</strong><span className="pd-dim">{help}</span></div>
      {children}
    </div>
  );
}

/** Asks once more, in place, before something others will feel. */
function Asked({ title, help, question, busy, onYes }: { title: string; help: string; question: string; busy: boolean; onYes: () => void }): ReactElement {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  return (
    <div className={parts.row}>
      <div className={styles.what}><strong>{title}</strong><span className="pd-dim">{help}</span></div>
      {!asked && <Button variant="default" loading={busy} onClick={() => setAsked(true)}>{title}</Button>}
      {asked && (
        <div className={`${parts.confirm} ${styles.whole}`} role="group" aria-label={question}>
          <p>{question}</p>
          <div className={parts.buttons}>
            <Button onClick={() => { setAsked(false); onYes(); }}>{title}</Button>
            <Button variant="default" autoFocus onClick={() => setAsked(false)}>{t('common.back')}</Button>
          </div>
        </div>
      )}
    </div>
  );
}
