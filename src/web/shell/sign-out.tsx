import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { call } from '../api/http.js';
import { stopPush } from '../notify/push.js';
import { KEPT_ACCEPT } from '../peer/kept-accept.js';

/** Ends the session and forgets everything this tab has seen. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    // While the server still knows who asks: whoever uses this device next must not be told.
    await stopPush().catch(() => undefined);
    localStorage.removeItem(KEPT_ACCEPT);
    try {
      await call('/sessions/current', { method: 'DELETE' });
    } finally {
      await navigate('/sign-in', { replace: true });
      client.clear();
    }
  };
}

export function SignOutButton(): ReactElement {
  const { t } = useTranslation();
  const signOut = useSignOut();
  return <Button variant="default" onClick={() => void signOut()}>{t('account.signOut')}</Button>;
}
