import { createPublicKey, verify } from 'node:crypto';
import { newVapidKeys, parseVapidKeys, vapidAuthorization } from './vapid.js';

describe('the key pair of Web Push', () => {
  it('is read as it was made', () => {
    for (let i = 0; i < 20; i += 1) {
      const keys = newVapidKeys();
      expect(parseVapidKeys(`${keys.publicKey}:${keys.privateKey}`)).toEqual(keys);
    }
  });

  it('is refused when the halves do not belong together, or are no keys', () => {
    const [one, other] = [newVapidKeys(), newVapidKeys()];
    for (const text of [`${one.publicKey}:${other.privateKey}`, `${one.privateKey}:${one.publicKey}`, one.publicKey, '', `${one.publicKey}:${'A'.repeat(43)}`]) {
      expect(parseVapidKeys(text)).toBeNull();
    }
  });

  it('signs who sends, to whom and until when, as ES256', () => {
    const keys = newVapidKeys();
    const header = vapidAuthorization(keys, { audience: 'https://push.example', subject: 'https://dispatch.example', expiresAt: new Date('2026-03-03T06:00:00.900Z') });
    const [, head = '', claims = '', signature = '', k = ''] = /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), k=([\w-]+)$/.exec(header) ?? [];
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({ aud: 'https://push.example', exp: 1772517600, sub: 'https://dispatch.example' });
    const point = Buffer.from(k, 'base64url');
    const key = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') } });
    expect([k, verify('sha256', Buffer.from(`${head}.${claims}`), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))]).toEqual([keys.publicKey, true]);
  });
});
