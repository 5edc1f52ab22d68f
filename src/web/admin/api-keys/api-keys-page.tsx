import { Button, TextInput } from '@mantine/core';
import { useInfiniteQuery, infiniteQueryOptions } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiKeyList, ApiKeyView, NewApiKeyView } from '../../../access/contract.js';
import { textOf, useFieldFault } from '../../account/fields.js';
import { useAction } from '../../api/actions.js';
import { call } from '../../api/http.js';
import { ApiProblem } from '../../api/problem.js';
import { language } from '../../i18n.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { Tokens } from '../../parts/tokens.js';
import { Shown } from '../../parts/shown.js';
import { clockTime } from '../../time/format.js';
import { serverNow } from '../../time/now.js';
import parts from '../page-parts.module.css';
import styles from '../accounts/accounts.module.css';
import { ShownOnce } from '../accounts/shown-once.js';
import { Empty, PageHead, Table } from '../page-parts.js';

const SCOPES = ['requests:write', 'triage', 'alerts:write', 'operations:read'] as const;
type Scope = (typeof SCOPES)[number];
/** A colon stands for a deeper word in the catalogues. */
const wordOf = (scope: string): string => scope.replace(':', '-');

const list = infiniteQueryOptions({
  queryKey: ['admin', 'api-keys'],
  queryFn: ({ pageParam, signal }) => call<ApiKeyList>(`/api-keys?limit=50${pageParam === null ? '' : `&cursor=${pageParam}`}`, { signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
  select: ({ pages }) => pages.flatMap(({ items }) => items),
});

/** Keys of intake partners and other machines. A key is shown once, when it is made. */
export function ApiKeysPage(): ReactElement {
  const { t } = useTranslation();
  const keys = useInfiniteQuery(list);
  const [made, setMade] = useState<NewApiKeyView | null>(null);
  const [making, setMaking] = useState(false);
  return (
    <>
      <PageHead title={t('admin.nav.apiKeys')} help={t('apiKeys.help')}>
        {!making && <Button onClick={() => setMaking(true)}>{t('apiKeys.make')}</Button>}
      </PageHead>
      {made && <ShownOnce key={made.id} title={t('apiKeys.madeTitle')} help={t('apiKeys.madeHelp')} secret={made.key} onClose={() => setMade(null)} />}
      {making && <NewKey onMade={(key) => { setMade(key); setMaking(false); }} onBack={() => setMaking(false)} />}
      <Shown asked={keys}>
        {(items) => (
          <>
            {items.length === 0 ? <Empty>{t('apiKeys.none')}</Empty> : <KeyTable items={items} />}
            {keys.hasNextPage && <Button mt="md" variant="default" loading={keys.isFetchingNextPage} onClick={() => void keys.fetchNextPage()}>{t('accounts.more')}</Button>}
          </>
        )}
      </Shown>
    </>
  );
}

function NewKey({ onMade, onBack }: { onMade: (key: NewApiKeyView) => void; onBack: () => void }): ReactElement {
  const { t } = useTranslation();
  const [scopes, setScopes] = useState<Scope[]>(['requests:write']);
  const { mutate, isPending, error } = useAction<NewApiKeyView, { name: string; scopes: readonly Scope[] }>((body) => ({ path: '/api-keys', body }), { done: onMade });
  const faultAt = useFieldFault(error);
  const send = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    mutate({ name: textOf(event.currentTarget, 'name').trim(), scopes });
  };
  return (
    <form className={parts.form} onSubmit={send} style={{ marginBottom: 24 }}>
      <TextInput name="name" label={t('apiKeys.name')} description={t('apiKeys.nameHelp')} error={faultAt('name')} required withAsterisk={false} maxLength={120} autoComplete="off" autoFocus />
      <Tokens label={t('apiKeys.scopes')} options={SCOPES.map((value) => ({ value, label: t(`apiKeys.scope.${wordOf(value)}`) }))} chosen={scopes} onChange={setScopes} />
      <ProblemNote at="desk" fault={error instanceof ApiProblem && error.faults.length > 0 ? null : error} />
      <div className={parts.buttons}>
        <Button type="submit" loading={isPending} disabled={scopes.length === 0}>{t('apiKeys.make')}</Button>
        <Button variant="default" onClick={onBack}>{t('common.back')}</Button>
      </div>
    </form>
  );
}

function KeyTable({ items }: { items: readonly ApiKeyView[] }): ReactElement {
  const { t } = useTranslation();
  const [name, scopes, made, state] = [t('apiKeys.name'), t('apiKeys.scopes'), t('apiKeys.made'), t('accounts.state')];
  const at = (time: string): string => clockTime(new Date(time), new Date(serverNow()), language());
  return (
    <Table label={t('admin.nav.apiKeys')} columns={[name, scopes, made, state]}>
      {items.map((key) => (
        <tr key={key.id}>
          <td><strong className={styles.name}>{key.name}</strong></td>
          <td data-column={scopes}>{key.scopes.map((scope) => t(`apiKeys.scope.${wordOf(scope)}`)).join(', ')}</td>
          <td data-column={made}>{t('apiKeys.madeBy', { name: key.createdBy, at: at(key.createdAt) })}</td>
          <td data-column={state}>{key.revokedAt === null ? <Revoke apiKey={key} /> : <span className={styles.state} data-state="disabled">{t('apiKeys.revoked', { at: at(key.revokedAt) })}</span>}</td>
        </tr>
      ))}
    </Table>
  );
}

function Revoke({ apiKey }: { apiKey: ApiKeyView }): ReactElement {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const { mutate, isPending, error } = useAction(() => ({ method: 'DELETE', path: `/api-keys/${apiKey.id}` }));
  if (!asked) return <Button variant="default" size="compact-md" loading={isPending} aria-label={t('apiKeys.revokeOf', { name: apiKey.name })} onClick={() => setAsked(true)}>{t('apiKeys.revoke')}</Button>;
  return (
    <div className={`${parts.confirm} ${styles.whole}`} role="group" aria-label={t('apiKeys.revokeAsk', { name: apiKey.name })}>
      <p>{t('apiKeys.revokeAsk', { name: apiKey.name })}</p>
      <ProblemNote at="desk" fault={error} />
      <div className={parts.buttons}>
        <Button loading={isPending} onClick={() => mutate()}>{t('apiKeys.revoke')}</Button>
        <Button variant="default" autoFocus onClick={() => setAsked(false)}>{t('common.back')}</Button>
      </div>
    </div>
  );
}
