/** The shapes of the routes of administration; the server describes them at /docs. */
export interface Gate {
  readonly code: string;
  readonly owner: string;
  readonly class: 'hard' | 'limit' | 'wish';
  readonly mayLift: 'nobody' | 'supervisor' | 'coordinator';
}
