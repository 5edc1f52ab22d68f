/** The part of the server's answers that the replay reads. More fields may come; these must be there. */
import { z } from 'zod';

const id = z.string().min(1);
const at = z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'not a time');

export const programmes = z.object({ items: z.array(z.object({ id, name: z.string() })) });

export const catalogue = z.object({
  outcomes: z.array(z.object({ code: z.string() })),
  reasons: z.array(z.object({ code: z.string() })),
});

export const offer = z.object({ id, purpose: z.string(), status: z.string(), expiresAt: at });
export const offers = z.object({ items: z.array(offer) });

export const assignment = z.object({
  id,
  requestId: id,
  seat: z.string(),
  acceptedAt: at,
  contactMadeAt: at.nullable(),
  endedAt: at.nullable(),
});
export const assignments = z.object({ items: z.array(assignment) });

export const escalation = z.object({
  id,
  cause: z.string(),
  acknowledgedAt: at.nullable(),
  contactConfirmedAt: at.nullable(),
});

export const request = z.object({
  id,
  state: z.string(),
  receivedAt: at,
  nextAction: z.object({ kind: z.string(), dueAt: at.nullable() }).nullable(),
  offers: z.array(z.object({ id })),
  assignment: assignment.nullable(),
  escalation: escalation.nullable(),
});

export const requests = z.object({ items: z.array(request), nextCursor: z.string().nullable() });

export const timeline = z.object({ items: z.array(z.object({ at, type: z.string() })) });

export const myDuty = z.object({ peer: z.object({ until: at }).nullable() });

export type OfferView = z.infer<typeof offer>;
export type AssignmentView = z.infer<typeof assignment>;
export type EscalationView = z.infer<typeof escalation>;
export type RequestView = z.infer<typeof request>;
export type TimelineItem = z.infer<typeof timeline>['items'][number];
