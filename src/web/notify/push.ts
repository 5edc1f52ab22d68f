import { call } from '../api/http.js';
import type { Language } from '../i18n.js';
import { registerWorker } from '../sw/register.js';

/** `unsupported`: this browser has none. `off`: the server has no key. `denied`: the browser was told never to. */
export type PushState = 'on' | 'ready' | 'denied' | 'off' | 'unsupported';

/** Whether this browser may be told; asks nobody anything. */
export async function pushState(publicKey: string | null): Promise<PushState> {
  if (!supported()) return 'unsupported';
  if (publicKey === null) return 'off';
  if (Notification.permission === 'denied') return 'denied';
  return Notification.permission === 'granted' && (await subscription()) ? 'on' : 'ready';
}

/**
 * Lets this browser be told. The first call asks for permission, so it must come from a tap; repeated calls refresh
 * the language and the address, which browsers change now and then. Throws what `call` throws.
 */
export async function startPush(publicKey: string | null, language: Language): Promise<PushState> {
  const state = await pushState(publicKey);
  if (publicKey === null || (state !== 'on' && state !== 'ready')) return state;
  if ((await Notification.requestPermission()) !== 'granted') return 'denied';
  await registerWorker(language);
  const { pushManager } = await navigator.serviceWorker.ready;
  const key = bytesOf(publicKey);
  const old = await pushManager.getSubscription();
  // One made for another key of the server's would be refused by the push service.
  if (old && !sameBytes(old.options.applicationServerKey, key)) await old.unsubscribe();
  const fresh = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  await call('/me/push-subscriptions', { method: 'POST', body: fresh.toJSON() });
  return 'on';
}

/** Stops telling this browser; call it before signing out, while the server still knows who asks. */
export async function stopPush(): Promise<void> {
  const old = supported() ? await subscription() : null;
  if (!old) return;
  await call(`/me/push-subscriptions?endpoint=${encodeURIComponent(old.endpoint)}`, { method: 'DELETE' });
  await old.unsubscribe();
}

function supported(): boolean {
  return 'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis;
}

async function subscription(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration('/');
  return (await registration?.pushManager.getSubscription()) ?? null;
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
}

function sameBytes(one: ArrayBuffer | null, other: Uint8Array): boolean {
  const bytes = one ? new Uint8Array(one) : null;
  return bytes?.length === other.length && bytes.every((byte, at) => byte === other[at]);
}
