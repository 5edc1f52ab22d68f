import { Inject, Injectable } from '@nestjs/common';
import webPush from 'web-push';
import { z } from 'zod';
import { after, HOUR_MS } from '../platform/clock.js';
import { CONFIG, type Config } from '../platform/config.js';
import { readConfigFile } from '../platform/config-files.js';
import { Egress, EgressFault } from '../platform/egress.js';
import { vapidAuthorization } from '../platform/vapid.js';
import { NOTICE_KINDS, outcomeOf, retryAfterMs, topicOf, ttlSeconds, type Notification, type TryOutcome } from './domain/notification.js';
import type { PushSubscription } from './subscription-rules.js';

/** RFC 8292 §2 allows 24 hours; a clock that is wrong by some of them still signs what is accepted. */
const TOKEN_MS = 12 * HOUR_MS;
/** Where no public address is configured; push services want one, and nobody is there. */
const NOBODY = 'mailto:operations@peer-dispatch.invalid';
/** All payloads are of one length, so that the push service cannot tell an offer from a page by it; 4 kB is what any takes. */
const PAYLOAD_BYTES = 1_024;

/** Short enough for every lock screen, and four of them for one payload. */
const text = z.strictObject({ title: z.string().min(1).max(60), body: z.string().min(1).max(80) });
const textsFile = z.record(z.enum(NOTICE_KINDS), z.strictObject({ en: text, es: text }));

/** Sends one Web Push: RFC 8030, encrypted to the browser (RFC 8291), signed by this deployment (RFC 8292). */
@Injectable()
export class WebPushService {
  private readonly texts = readConfigFile('notifications.json', textsFile);
  private readonly subject: string;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly egress: Egress,
  ) {
    this.subject = config.publicUrl?.startsWith('https://') ? config.publicUrl : NOBODY;
  }

  get on(): boolean {
    return this.config.vapidKeys !== undefined;
  }

  /** Never throws for what the push service does or does not do. */
  async send(notification: Notification, { endpoint, keys }: Pick<PushSubscription, 'endpoint' | 'keys'>, now: Date, signal: AbortSignal): Promise<TryOutcome> {
    const { vapidKeys } = this.config;
    if (!vapidKeys) return { kind: 'refused', failure: 'push-off' };
    const { headers, body } = webPush.generateRequestDetails({ endpoint, keys: { ...keys } }, this.payload(notification), {
      TTL: ttlSeconds(notification.expiresAt, now), urgency: 'high', topic: topicOf(notification.subjectId),
    });
    const claims = { audience: new URL(endpoint).origin, subject: this.subject, expiresAt: after(now, TOKEN_MS) };
    const texts = Object.entries(headers).map(([name, value]): [string, string] => [name.toLowerCase(), String(value)]);
    try {
      const answer = await this.egress.post(endpoint, {
        headers: { ...Object.fromEntries(texts), authorization: vapidAuthorization(vapidKeys, claims) }, body, signal,
      });
      return outcomeOf(answer.status, retryAfterMs(answer.retryAfter, now));
    } catch (fault) {
      if (!(fault instanceof EgressFault)) throw fault;
      if (fault.reason === 'not-allowed') return { kind: 'refused', failure: 'not-allowed' };
      return { kind: 'try-later', failure: fault.reason, waitMs: 0 };
    }
  }

  /** Both languages, for the page's language is known on the device only. No names, numbers, places, urgency or story. */
  private payload({ kind, subjectId }: Notification): Buffer {
    const payload = Buffer.alloc(PAYLOAD_BYTES, ' ');
    payload.write(JSON.stringify({ kind, subjectId, text: this.texts[kind] }));
    return payload;
  }
}
