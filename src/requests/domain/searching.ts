import type { CrisisRequest } from './crisis-request.js';

/** Somebody who looks for a lead. */
export interface LookingRequest {
  readonly request: CrisisRequest;
  /** Peers who are being asked to lead; 0 where nobody is. */
  readonly asked: number;
}

export interface WaitingForPeer {
  readonly id: string;
  readonly programmeId: string;
  readonly hasLead: boolean;
  /** Somebody is being asked, and fewer than the present wave. */
  readonly halfAsked: boolean;
}
