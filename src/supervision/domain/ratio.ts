interface Standing {
  /** Peers of the programme who are with somebody now. */
  readonly peersWithSomebody: number;
  readonly supervisors: readonly { readonly source: 'on-duty' | 'on-call' }[];
  readonly peersPerSupervisor: number;
}

/**
 * Whether one more peer with somebody would be more than the supervisors there can stand behind. It is those at work who
 * need one: that more peers come on duty never closes the door. A list of people on call is one supervisor, who is called.
 */
export function ratioReached({ peersWithSomebody, supervisors, peersPerSupervisor }: Standing): boolean {
  return peersWithSomebody >= supervisorsThere(supervisors) * peersPerSupervisor;
}

/** As how many those who cover count: those on duty, or without any the list as one. */
export function supervisorsThere(supervisors: Standing['supervisors']): number {
  const onDuty = supervisors.filter(({ source }) => source === 'on-duty').length;
  return onDuty > 0 ? onDuty : Math.min(1, supervisors.length);
}
