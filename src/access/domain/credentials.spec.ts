import { describe, expect, it } from '@jest/globals';
import { bearerOf, originAllowed, sessionCookie, sessionTokenOf } from './credentials.js';

const TOKEN = 'a'.repeat(43);

describe('a bearer key', () => {
  it.each([`Bearer ${TOKEN}`, `bearer  ${TOKEN} `])('is read from %j', (header) => expect(bearerOf(header)).toBe(TOKEN));
  it.each(['', TOKEN, `Basic ${TOKEN}`, 'Bearer', 'Bearer short', `Bearer ${TOKEN} ${TOKEN}`, `Bearer ${TOKEN}\u0000`])('is not read from %j', (header) =>
    expect(bearerOf(header)).toBeNull());
});

describe('the session cookie', () => {
  it('is found among others', () => expect(sessionTokenOf(`lang=es; pd_session=${TOKEN}; x=1`)).toBe(TOKEN));
  it.each([undefined, '', 'pd_session=', 'pd_session=short', `xpd_session=${TOKEN}`, `pd_session="${TOKEN}"`])('is not found in %j', (header) =>
    expect(sessionTokenOf(header)).toBeNull());
  it('is secure behind TLS', () => {
    expect(sessionCookie(TOKEN, 60, true)).toBe(`pd_session=${TOKEN}; Path=/; Max-Age=60; HttpOnly; SameSite=Strict; Secure`);
    expect(sessionCookie(TOKEN, 60, false)).not.toContain('Secure');
  });
});

describe('the origin of a call', () => {
  it.each(['http://127.0.0.1:3000', 'https://127.0.0.1:3000', 'https://desk.example.org'])('%s is ours', (origin) =>
    expect(originAllowed(origin, '127.0.0.1:3000', 'https://desk.example.org')).toBe(true));
  it.each(['null', '', 'http://127.0.0.1', 'http://127.0.0.1:3001', 'https://desk.example.org.evil.test', 'file:///etc', 'http://desk.example.org'])(
    '%s is not', (origin) => expect(originAllowed(origin, '127.0.0.1:3000', 'https://desk.example.org')).toBe(false));
  it('is nobody’s when the host cannot be read', () => expect(originAllowed('http://a', 'a b', undefined)).toBe(false));
  it('leaves out a default port', () => expect(originAllowed('https://desk.example.org', 'desk.example.org:443', undefined)).toBe(true));
});
