import { createHash } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { z, type ZodType } from 'zod';
import { Clock } from '../platform/clock.js';
import { readConfigFile } from '../platform/config-files.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { Ids } from '../platform/ids.js';
import type { DispatchPolicy, DispatchPolicyVersion } from './domain/policy.js';
import { PolicyStore } from './policy.store.js';

const DAY_SECONDS = 86_400;
const seconds = z.int().min(1).max(7 * DAY_SECONDS);
const minutes = z.number().min(0).max(24 * 60);
const rung = z.strictObject({ afterSeconds: z.int().min(0).max(DAY_SECONDS), waveSize: z.int().min(1).max(20), radiusKm: z.number().min(1).max(2_000) });
const rungs = z
  .array(rung)
  .min(1)
  .max(10)
  .refine((all) => all[0]?.afterSeconds === 0, 'the first rung begins with the search')
  .refine((all) => all.every((one, at) => at === 0 || one.afterSeconds > (all[at - 1]?.afterSeconds ?? 0)), 'each rung begins after the one before');
const atAcuity = z.strictObject({ rungs, offerSeconds: seconds, supervisorAfterSeconds: seconds, contactSeconds: seconds });

export const DISPATCH_POLICY: ZodType<DispatchPolicy> = z.strictObject({
  triageSeconds: seconds,
  acceptGraceSeconds: z.int().min(0).max(30),
  waitSeconds: seconds,
  lockedWaitMs: z.int().min(50).max(5_000),
  newRoundSeconds: seconds,
  pageRepeatSeconds: seconds,
  confirmContactSeconds: seconds,
  contactCheckSeconds: seconds,
  closeOutSeconds: seconds,
  ageingSeconds: seconds,
  preemptLevels: z.int().min(1).max(3),
  stillHereAfter: z.int().min(1).max(10),
  stillHereSeconds: seconds,
  supervisorGraceSeconds: seconds,
  undoSeconds: z.int().min(0).max(120),
  safetyCheckSeconds: seconds,
  followUp: z.strictObject({ firstDueSeconds: seconds, betweenSeconds: seconds, tries: z.int().min(1).max(3) }),
  byAcuity: z.strictObject({ '1': atAcuity, '2': atAcuity, '3': atAcuity, '4': atAcuity }),
  weights: z.strictObject({
    loadMinutes: minutes, contact24hMinutes: minutes, fitMinutes: minutes,
    wouldLikeMinutes: minutes, ownAreaMinutes: minutes, shiftEndMinutes: minutes,
    travelKmPerHour: z.number().min(1).max(200), nightWakeMinutes: minutes, continuityMinutes: minutes, preferredLanguageMinutes: minutes,
  }),
});
const policiesFile = z.strictObject({ dispatch: DISPATCH_POLICY });

/** Policy versions are immutable rows; the file in `config/` is the default and becomes a new version when it changes. */
@Injectable()
export class PolicyService implements OnModuleInit {
  private readonly known = new Map<string, DispatchPolicyVersion>();
  private readonly standard = readConfigFile('policies.json', policiesFile).dispatch;

  constructor(
    private readonly db: Database,
    private readonly policies: PolicyStore,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async onModuleInit(): Promise<void> {
    // A policy that begins by a clock ahead of the database's would not be in effect yet.
    await this.db.correctClock();
    await this.install(this.standard);
  }

  /** Makes `content` the newest default, unless it already is. */
  async install(content: DispatchPolicy): Promise<void> {
    const policy = { id: this.ids.next(), content, contentHash: hashOf(content), at: this.clock.now() };
    await this.db.withTx((tx) => this.policies.insertDefaultIfChanged(tx, policy));
  }

  /** The version new requests of the programme begin with. */
  async current(tx: Tx, programmeId: string): Promise<DispatchPolicyVersion> {
    const id = await this.policies.currentId(tx, programmeId, this.clock.now());
    if (id === null) throw new Error('no dispatch policy is in effect');
    return this.byId(tx, id);
  }

  async byId(tx: Tx, id: string): Promise<DispatchPolicyVersion> {
    const known = this.known.get(id);
    if (known) return known;
    const row = await this.policies.byId(tx, id);
    if (!row) throw new Error(`policy version ${id} is missing`);
    const version = { id: row.id, number: row.number, content: DISPATCH_POLICY.parse(brought(row.content, this.standard)) };
    this.known.set(id, version);
    return version;
  }
}

/** A version stored before a setting existed has the standard value for it; what it does say stays as it was. */
function brought(stored: unknown, standard: DispatchPolicy): unknown {
  const old = stored as Partial<DispatchPolicy>;
  const acuities = Object.entries(standard.byAcuity).map(([acuity, now]) => {
    const { waveSize, ...said } = ((old.byAcuity ?? {}) as Record<string, { waveSize?: number }>)[acuity] ?? {};
    const rungs = waveSize === undefined ? {} : { rungs: [{ afterSeconds: 0, waveSize, radiusKm: now.rungs[0]?.radiusKm ?? 1 }] };
    return [acuity, { ...now, ...rungs, ...said }];
  });
  return { ...standard, ...old, byAcuity: Object.fromEntries(acuities) as unknown, weights: { ...standard.weights, ...old.weights } };
}

/** SHA-256 over the content with sorted keys: a file that was only re-arranged is the same policy. */
function hashOf(content: DispatchPolicy): string {
  return createHash('sha256').update(JSON.stringify(sorted(content))).digest('hex');
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
