import type { DispatchPolicy } from '../../programmes/domain/policy.js';
import type { CrisisRequest } from '../../requests/domain/crisis-request.js';
import type { Acuity } from '../../requests/domain/request.js';
import { effectiveUrgency } from '../../requests/domain/triage.js';

/** How urgent the request is by now: stored acuity, unanswered safety questions, waiting, and peers who could not stay. */
export function urgencyAt(request: CrisisRequest, policy: Pick<DispatchPolicy, 'ageingSeconds'>, now: Date): Acuity {
  const ms = waitedMs(request, now);
  return effectiveUrgency(request.acuity, request.safety, { ms, ageingSeconds: policy.ageingSeconds, lostPeers: request.lostPeers });
}

/** Since the request came, or since the time it was planned for. */
export function waitedMs({ notBefore, receivedAt }: Pick<CrisisRequest, 'notBefore' | 'receivedAt'>, now: Date): number {
  return now.getTime() - (notBefore && notBefore > receivedAt ? notBefore : receivedAt).getTime();
}
