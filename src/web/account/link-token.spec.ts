import { describe, expect, it } from '@jest/globals';
import { forgetToken, takeToken } from './link-token.js';

function aTab(hash: string) {
  const kept = new Map<string, string>();
  const addresses: string[] = [];
  return {
    addresses,
    location: { hash, pathname: '/welcome' },
    history: { replaceState: (_: unknown, __: string, url?: string | URL | null) => void addresses.push(String(url)) },
    storage: { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value), removeItem: (key: string) => void kept.delete(key) },
  };
}
const TOKEN = 'a-B_9'.repeat(8);

describe('the token of a one-time link', () => {
  it('leaves the address at once, and is still known when the page is loaded again', () => {
    const tab = aTab(`#${TOKEN}`);
    expect(takeToken(tab)).toBe(TOKEN);
    expect(tab.addresses).toEqual(['/welcome']);
    expect(takeToken({ ...tab, location: { hash: '', pathname: '/welcome' } })).toBe(TOKEN);
  });

  it('is forgotten when it has served', () => {
    const tab = aTab(`#${TOKEN}`);
    takeToken(tab);
    forgetToken(tab.storage);
    expect(takeToken({ ...tab, location: { hash: '', pathname: '/welcome' } })).toBeNull();
  });

  it.each(['', '#', '#short', '#main content', '#<script>'])('is not made of %j', (hash) => expect(takeToken(aTab(hash))).toBeNull());
});
