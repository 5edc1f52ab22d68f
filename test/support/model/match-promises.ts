import { MatchService } from '../../../src/dispatch/match.service.js';
import { DomainError } from '../../../src/platform/errors.js';
import type { World } from '../world.js';
import type { Crew } from './crew.js';
import { holds, type Records } from './records.js';

/** What keeps a peer out of this and is told to nobody who coordinates. */
const UNTOLD: readonly string[] = ['policy-acknowledged', 'after-critical-contact', 'supervision-overdue', 'rest', 'break', 'exposure', 'shift-hours', 'rest-between-shifts'];

/** The coordinator asks why nobody comes: nothing in the answer says why somebody is unavailable, not even that it is for no reason of their own. */
export async function lookAtMatch({ get }: Pick<World, 'get'>, crew: Crew, records: Records): Promise<string[]> {
  // Another one from time to time; all of them would take longer than the steps themselves.
  const shown = records.requests.filter(({ state }) => ['searching', 'assigned', 'escalated'].includes(state));
  const request = shown[(records.offers.length + records.assignments.length) % Math.max(1, shown.length)];
  // Whoever has just looked at many others waits.
  const match = request && (await get(MatchService).of(crew.coordinator.principal, request.id).catch(unlessTooMany));
  if (!request || !match) return [];
  const { ranked, withReason, excluded, oneGateOff } = match;
  const faults: string[] = [];
  const must = (kept: boolean, otherwise: string): void => void (kept || faults.push(`asked about ${request.id}, the coordinator ${otherwise}`));
  const named = [...excluded.map(({ code }) => code), ...oneGateOff.map(({ gate }) => gate), ...withReason.flatMap(({ toLift }) => toLift.map(({ gate }) => gate))];
  must(!named.some((code) => UNTOLD.includes(code)), `is told of ${named.join(', ')}`);
  must(!oneGateOff.some(({ gate }) => gate === 'peer-unavailable'), 'is told what an unavailable peer would do');
  const hidden = crew.peers.filter(({ personId }) => isUnavailable(records, personId, request.programmeId)).map(({ personId }) => personId);
  must([...ranked, ...withReason].every(({ personId }) => !hidden.includes(personId)), 'is shown somebody who is unavailable');
  const count = excluded.find(({ code }) => code === 'peer-unavailable')?.count ?? 0;
  must(count >= hidden.length, `counts ${count} unavailable of ${hidden.length}`);
  return faults;
}

function unlessTooMany(refused: unknown): null {
  if (refused instanceof DomainError && refused.code === 'too-many-looks') return null;
  throw refused;
}

function isUnavailable({ now, duties, aways, critical, relapsePolicies, acknowledged }: Records, personId: string, programmeId: string): boolean {
  const duty = duties.find((row) => row.personId === personId);
  const newest = relapsePolicies.find((policy) => policy.programmeId === programmeId && policy.effectiveAt <= now);
  const unread = newest !== undefined && !acknowledged.some((read) => read.policyId === newest.id && read.personId === personId);
  return !duty || duty.draining || unread || aways.some((away) => away.personId === personId && holds(away, now)) || critical.some((open) => open.personId === personId);
}
