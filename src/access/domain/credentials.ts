const SESSION_COOKIE = 'pd_session';
const TOKEN = /^[A-Za-z0-9_-]{20,200}$/;

/** The key of an `Authorization: Bearer` header (RFC 6750 §2.1); null for anything else. */
export function bearerOf(header: string): string | null {
  const [, key] = /^Bearer +(\S+)$/i.exec(header.trim()) ?? [];
  return key !== undefined && TOKEN.test(key) ? key : null;
}

/** Our cookie out of a `Cookie` header (RFC 6265 §4.2); null when it is missing or no token. */
export function sessionTokenOf(header: string | undefined): string | null {
  for (const part of (header ?? '').split(';')) {
    const [name, ...value] = part.trim().split('=');
    if (name === SESSION_COOKIE) {
      const token = value.join('=');
      return TOKEN.test(token) ? token : null;
    }
  }
  return null;
}

/** Strict: no other site's page may make a browser send it. `maxAgeSeconds` 0 takes it away. */
export function sessionCookie(token: string, maxAgeSeconds: number, secure: boolean): string {
  const parts = [`${SESSION_COOKIE}=${token}`, 'Path=/', `Max-Age=${maxAgeSeconds}`, 'HttpOnly', 'SameSite=Strict'];
  return [...parts, ...(secure ? ['Secure'] : [])].join('; ');
}

/** Ours: the public address, or the very host the call was sent to. `null` and anything unreadable are foreign. */
export function originAllowed(origin: string, host: string, publicUrl: string | undefined): boolean {
  if (!URL.canParse(origin)) return false;
  const given = new URL(origin);
  if (!['http:', 'https:'].includes(given.protocol)) return false;
  if (publicUrl !== undefined && given.origin === new URL(publicUrl).origin) return true;
  const own = `${given.protocol}//${host}`;
  return URL.canParse(own) && given.host === new URL(own).host;
}
