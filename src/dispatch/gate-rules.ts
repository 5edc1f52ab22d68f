import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ROLES, type Role } from '../access/principal.js';
import { readConfigFile } from '../platform/config-files.js';
import { HAND_GATE_CODES, type HandGateCode } from './domain/by-hand.js';
import type { GateClass } from './domain/gates.js';

const OWNERS = ['programmes', 'peers', 'shifts', 'supervision', 'wellness', 'requests', 'dispatch'] as const;
const LIFTED_BY = { hard: 'nobody', limit: 'supervisor', wish: 'coordinator' } as const satisfies Record<GateClass, string>;

const gate = z
  .strictObject({
    code: z.enum(HAND_GATE_CODES),
    owner: z.enum(OWNERS),
    class: z.enum(['hard', 'limit', 'wish']),
    mayLift: z.enum(['nobody', 'supervisor', 'coordinator']),
    /** Whether "one gate off" tells how many more would fit; not for what protects somebody, nor for what is the peer's own. */
    widens: z.boolean(),
    /**
     * Who is told of it, by name or in a count: the board says who is on duty, so that a count of one is a name. For
     * everybody else it is `peer-unavailable`. What keeps a peer well is theirs and their supervisor's.
     */
    namedTo: z.array(z.enum(ROLES)).min(1),
  })
  .refine(({ class: kind, mayLift }) => LIFTED_BY[kind] === mayLift, 'a hard gate is lifted by nobody, a limit by a supervisor, a wish by a coordinator');
export type Gate = z.infer<typeof gate>;

export const GATES_FILE = z
  .array(gate)
  .refine((gates) => new Set(gates.map(({ code }) => code)).size === gates.length, 'a gate is listed twice')
  .refine((gates) => HAND_GATE_CODES.every((code) => gates.some((listed) => listed.code === code)), 'a gate the matcher goes by is not listed');

/** `config/gates.json`: who owns each gate, of what class it is, who may lift it and who is told of it. A fault in it fails the boot. */
@Injectable()
export class GatesConfig {
  private readonly gates = new Map(readConfigFile('gates.json', GATES_FILE).map((listed) => [listed.code, listed]));

  /** In the order of the file. */
  all(): Gate[] {
    return [...this.gates.values()];
  }

  /** A supervisor may lift what a coordinator may. */
  mayLift(code: HandGateCode, roles: readonly Role[]): boolean {
    const { mayLift } = this.of(code);
    return mayLift !== 'nobody' && (roles.includes('supervisor') || roles.includes(mayLift));
  }

  /** Whether anybody at all may lift it. */
  isLiftable(code: HandGateCode): boolean {
    return this.of(code).mayLift !== 'nobody';
  }

  widens(code: HandGateCode): boolean {
    return this.of(code).widens;
  }

  namedTo(code: HandGateCode, roles: readonly Role[]): boolean {
    return this.of(code).namedTo.some((role) => roles.includes(role));
  }

  private of(code: HandGateCode): Gate {
    const found = this.gates.get(code);
    if (!found) throw new Error(`no gate ${code}`);
    return found;
  }
}
