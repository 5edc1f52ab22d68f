import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { useState } from 'react';
import { Attempt } from './attempt.js';
import { call, newKey } from './http.js';
import { ApiProblem } from './problem.js';

interface Action<B> {
  readonly method?: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: B;
  readonly version?: number;
  readonly keepalive?: boolean;
}

/**
 * One thing to be done on the server; pages show what it changed by asking again, whatever the answer was. `told`
 * hears the answer even when the page has moved on because of it.
 */
export function useAction<T = unknown, B = void>(
  action: (body: B) => Action<unknown>,
  told: { readonly done?: (answer: T) => void; readonly failed?: (fault: Error) => void } = {},
): UseMutationResult<T, Error, B> {
  const client = useQueryClient();
  const [attempt] = useState(() => new Attempt(newKey));
  return useMutation<T, Error, B>({
    mutationFn: (body) => {
      const { method = 'POST', path, body: content, version, keepalive } = action(body);
      return call<T>(path, { method, body: content, version, keepalive, key: method === 'POST' ? attempt.key() : undefined });
    },
    onSuccess: (answer) => told.done?.(answer),
    onError: (fault) => told.failed?.(fault),
    onSettled: async (_, fault) => {
      attempt.settled(fault);
      const changed = fault instanceof ApiProblem && fault.status === 401 ? SESSION : LIVE;
      const asked = client.invalidateQueries({ predicate: (query) => changed.has(String(query.queryKey[0])) });
      // After a success the button stays busy until the page shows it; after a failure it must be free at once.
      if (!fault) await asked;
    },
  });
}
const SESSION = new Set(['me']);
const LIVE = new Set([
  'board', 'request', 'timeline', 'duty', 'offers', 'assignments', 'match', 'followUps', 'admin', 'hand-over-notes', 'pages', 'own-escalations', 'consults', 'team',
  'supervision', 'away', 'limits', 'about', 'outcomes', 'channels', 'credentials', 'eligibility', 'topic-opt-outs', 'own-care',
]);
