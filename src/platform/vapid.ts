import { createECDH, createPrivateKey, sign } from 'node:crypto';

/** The key pair that tells push services who sends (RFC 8292): P-256, base64url, the public key as an uncompressed point. */
export interface VapidKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

const CURVE = 'prime256v1';
const PRIVATE_BYTES = 32;
const form = /^([A-Za-z0-9_-]{87}):([A-Za-z0-9_-]{43})$/;

export function newVapidKeys(): VapidKeys {
  const pair = createECDH(CURVE);
  const publicKey = pair.generateKeys().toString('base64url');
  const privateKey = pair.getPrivateKey();
  // A key that begins with zeros comes out shorter.
  return { publicKey, privateKey: Buffer.concat([Buffer.alloc(PRIVATE_BYTES - privateKey.length), privateKey]).toString('base64url') };
}

/** `public:private`; null when it is anything else, or the two do not belong together. */
export function parseVapidKeys(text: string): VapidKeys | null {
  const [, publicKey, privateKey] = form.exec(text.trim()) ?? [];
  if (publicKey === undefined || privateKey === undefined) return null;
  try {
    const pair = createECDH(CURVE);
    pair.setPrivateKey(privateKey, 'base64url');
    return pair.getPublicKey().toString('base64url') === publicKey ? { publicKey, privateKey } : null;
  } catch {
    return null;
  }
}

/** The `Authorization` of one push service until `expiresAt`, which is at most 24 hours away (RFC 8292 §2, §3). */
export function vapidAuthorization(keys: VapidKeys, claims: { readonly audience: string; readonly subject: string; readonly expiresAt: Date }): string {
  const point = Buffer.from(keys.publicKey, 'base64url');
  const key = createPrivateKey({
    format: 'jwk',
    key: { kty: 'EC', crv: 'P-256', d: keys.privateKey, x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') },
  });
  const exp = Math.floor(claims.expiresAt.getTime() / 1_000);
  const signed = `${json({ typ: 'JWT', alg: 'ES256' })}.${json({ aud: claims.audience, exp, sub: claims.subject })}`;
  const signature = sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' });
  return `vapid t=${signed}.${signature.toString('base64url')}, k=${keys.publicKey}`;
}

function json(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
