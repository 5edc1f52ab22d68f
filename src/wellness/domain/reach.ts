/** As whom somebody looks at a case; null: not at all. */
export type ReaderAs = 'supervisor' | 'deputy';

export interface Standing {
  readonly supervisorId: string | null;
  readonly deputyId: string | null;
}

/**
 * Product §2: the peer's own supervisor and deputy, and never somebody whom the peer supervises, whatever the records say
 * of the other way round. Unknown is nobody.
 */
export function readerAs(readerId: string, personId: string, standing: Standing, supervisedByPeer: boolean): ReaderAs | null {
  if (readerId === personId || supervisedByPeer) return null;
  if (readerId === standing.supervisorId) return 'supervisor';
  return readerId === standing.deputyId ? 'deputy' : null;
}

/**
 * Before the peer was told, a case is there for whoever raised it and for the supervisor, who tell them; for the deputy only
 * while no supervisor serves: there is none, or they are away. `serving`: who serves now.
 */
export function mayKnow(readerId: string, as: ReaderAs, { toldAt, raisedBy }: { readonly toldAt: Date | null; readonly raisedBy: string | null }, serving: Standing): boolean {
  return toldAt !== null || as === 'supervisor' || raisedBy === readerId || serving.supervisorId === null;
}

/** Who is asked for a supportive contact, one after the other. */
export const RUNGS = ['supervisor', 'deputy', 'supervisor-lead'] as const;
export type Rung = (typeof RUNGS)[number];

export interface OnRung {
  readonly personId: string;
  /** Not away. */
  readonly here: boolean;
}

export interface Asked {
  readonly askedOf: Rung;
  /** Empty: nobody stands behind this person at all. */
  readonly people: readonly string[];
  /** One of them is here, so that a time can be promised. */
  readonly here: boolean;
}

/**
 * The first rung from there on with somebody who is here; when they are all away, whoever there is. Then it is the leads'
 * already, so that it is on their list the moment there is one.
 */
export function askedFrom(from: Rung, ladder: Readonly<Record<Rung, readonly OnRung[]>>): Asked {
  for (const askedOf of RUNGS.slice(RUNGS.indexOf(from))) {
    const here = ladder[askedOf].filter((each) => each.here);
    if (here.length > 0) return { askedOf, people: here.map(({ personId }) => personId), here: true };
  }
  const earlier = RUNGS.flatMap((rung) => ladder[rung]).filter((each) => each.here);
  const anybody = earlier.length > 0 ? earlier : RUNGS.flatMap((rung) => ladder[rung]);
  return { askedOf: 'supervisor-lead', people: [...new Set(anybody.map(({ personId }) => personId))], here: earlier.length > 0 };
}

export interface AppealHearers {
  readonly askedOf: 'readers' | 'supervisor-lead';
  /** Empty: nobody may hear it, until somebody is appointed. */
  readonly people: readonly string[];
}

/** Nobody hears an appeal about what they set themself: it is whoever of supervisor and deputy is here and did not; else the leads. */
export function appealHearers(setBy: readonly string[], { supervisor, deputy, 'supervisor-lead': leads }: Readonly<Record<Rung, readonly OnRung[]>>): AppealHearers {
  const mayHear = (rung: readonly OnRung[]): OnRung[] => rung.filter(({ personId }) => !setBy.includes(personId));
  const ids = (rung: readonly OnRung[]): string[] => [...new Set(rung.map(({ personId }) => personId))];
  const readers = mayHear([...supervisor, ...deputy]);
  const here = readers.filter((each) => each.here);
  return here.length > 0 ? { askedOf: 'readers', people: ids(here) } : { askedOf: 'supervisor-lead', people: ids([...mayHear(leads), ...readers]) };
}
