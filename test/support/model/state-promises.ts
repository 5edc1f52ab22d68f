import { assignmentAfter, stateOf, type AssignmentStep, type EndReason } from '../../../src/dispatch/domain/assignment.js';
import type { AssignmentRow, Records } from './records.js';

/** The step by which each end comes. */
const ENDS_BY: Readonly<Record<EndReason, AssignmentStep>> = {
  closed: 'close-out', 'contact-confirmed': 'confirm-contact', 'no-contact': 'replace', cancelled: 'cancel', 'handed-over': 'relieve',
  'handed-back': 'give-up', 'known-person': 'give-up', 'beyond-scope': 'give-up', 'must-go': 'give-up', left: 'give-up', withdrawn: 'give-up',
};

/** No assignment is where none of its steps leads: what the records say of its course agrees with the states as data. */
export function besideTheStates({ assignments }: Pick<Records, 'assignments'>): string[] {
  return assignments.flatMap((assignment) => faultsOf(assignment).map((fault) => `${assignment.personId}, ${assignment.seat} of ${assignment.requestId}, ${fault}`));
}

function faultsOf(assignment: AssignmentRow): string[] {
  const { seat, contactMadeAt, handingOverAt, endedAt } = assignment;
  const endReason = assignment.endReason as EndReason | null;
  const faults: string[] = [];
  if (seat !== 'lead' && contactMadeAt) faults.push('made a contact that is the lead’s');
  if (handingOverAt && !contactMadeAt) faults.push('hands over a contact that was never made');
  if ((endedAt === null) !== (endReason === null)) faults.push('ended without a reason, or has one and goes on');
  const last = stateOf({ ...assignment, endedAt: null });
  if (endReason && assignmentAfter(last, ENDS_BY[endReason]) !== 'ended') faults.push(`was ${last} and ended by ${endReason}`);
  return faults;
}
