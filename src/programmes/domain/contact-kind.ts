/** The ways a peer and a person in crisis meet. */
export const CONTACT_KINDS = ['phone', 'text', 'video', 'in-person'] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];
