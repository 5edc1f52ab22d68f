import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { call } from '../api/http.js';
import { ApiProblem } from '../api/problem.js';
import { stopPush } from '../notify/push.js';
import { KEPT_ACCEPT } from '../peer/kept-accept.js';
import { forgetOwn } from '../peer/own-names.js';
import { sendBeforeSignOut } from './before-sign-out.js';

/** Ends the session and forgets everything this tab has seen. When it could not be ended that is said, and one stays: whoever comes next would be let in. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { t } = useTranslation();
  return async () => {
    sendBeforeSignOut();
    // While the server still knows who asks: whoever uses this device next must not be told.
    await stopPush().catch(() => undefined);
    try {
      await call('/sessions/current', { method: 'DELETE' });
    } catch (fault) {
      // A session that has ended already is what was asked for.
      if (!(fault instanceof ApiProblem && fault.status === 401)) {
        notifications.show({ message: t('account.notSignedOut'), color: 'red', autoClose: false });
        return;
      }
    }
    localStorage.removeItem(KEPT_ACCEPT);
    forgetOwn(localStorage);
    await navigate('/sign-in', { replace: true });
    client.clear();
  };
}

export function SignOutButton(): ReactElement {
  const { t } = useTranslation();
  const signOut = useSignOut();
  return <Button variant="default" onClick={() => void signOut()}>{t('account.signOut')}</Button>;
}
