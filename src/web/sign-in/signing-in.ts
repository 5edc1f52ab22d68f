import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { call } from '../api/http.js';
import { ApiProblem } from '../api/problem.js';
import { queries } from '../api/queries.js';

interface Credentials {
  readonly email: string;
  readonly password: string;
}

export interface SigningIn {
  signIn(credentials: Credentials): void;
  /** The second step, for accounts with a second factor. */
  sendCode(code: string): void;
  startOver(): void;
  /** The password was right, and a code is asked for. */
  readonly wantsCode: boolean;
  readonly isPending: boolean;
  readonly error: Error | null;
}

const asksForCode = (fault: unknown): boolean => fault instanceof ApiProblem && fault.code === 'second-factor-required';
const wrongCode = (fault: unknown): boolean => fault instanceof ApiProblem && fault.code === 'wrong-second-factor';

/** Signs in and goes on to `next`, or to one's own page. What was typed is kept in memory only, until it is over. */
export function useSigningIn(next: string | null): SigningIn {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [typed, setTyped] = useState<Credentials | null>(null);
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: (body: Credentials & { readonly code?: string }) => call('/sessions', { method: 'POST', body }),
    onSuccess: async () => {
      client.clear();
      await client.fetchQuery(queries.me());
      await navigate(next ?? '/', { replace: true });
    },
    onError: (fault, { email, password }) => {
      if (asksForCode(fault)) setTyped({ email, password });
      else if (!wrongCode(fault) && fault instanceof ApiProblem && fault.status === 401) setTyped(null);
    },
  });
  return {
    signIn: (credentials) => mutate(credentials),
    sendCode: (code) => typed && mutate({ ...typed, code }),
    startOver: () => {
      setTyped(null);
      reset();
    },
    wantsCode: typed !== null,
    isPending,
    error: asksForCode(error) ? null : error,
  };
}
