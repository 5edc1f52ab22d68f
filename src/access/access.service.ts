import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { readConfigFile } from '../platform/config-files.js';
import { DomainError } from '../platform/errors.js';
import { CONDITIONS, judge, reachOf, type Facts, type Matrix, type Relation } from './domain/matrix.js';
import type { Principal } from './principal.js';

/** Tells whether what a route's `:id` names is there for this caller. Registered by the module that owns it. */
interface SubjectLoader {
  readonly kind: string;
  visible(principal: Principal, id: string): Promise<boolean>;
}

const matrixFile = z.record(z.string(), z.array(z.array(z.enum(CONDITIONS)).min(1)).min(1));

/** Who may do what: `config/roles.json`, read once. What it does not name is refused. */
@Injectable()
export class AccessService {
  private readonly matrix: Matrix = readConfigFile('roles.json', matrixFile);
  private readonly subjects = new Map<string, SubjectLoader>();

  get actions(): readonly string[] {
    return Object.keys(this.matrix);
  }

  /** Whether the caller's role includes the action for anything at all. */
  includes(principal: Principal, action: string): boolean {
    return reachOf(this.matrix, action, principal).length > 0;
  }

  /** For lists: the relations each clause still asks for. `[]` among them means everything. */
  reach(principal: Principal, action: string): readonly (readonly Relation[])[] {
    return reachOf(this.matrix, action, principal);
  }

  /** Whether the caller may do this to the one thing the facts are about. */
  allows(principal: Principal, action: string, facts: Facts): boolean {
    return judge(this.matrix, action, principal, facts) === 'allowed';
  }

  /** Throws `not-allowed` when the role lacks the action, `not-found` when the facts do not reach this one thing. */
  require(principal: Principal, action: string, facts: Facts): void {
    const verdict = judge(this.matrix, action, principal, facts);
    if (verdict !== 'allowed') throw new DomainError(verdict);
  }

  registerSubject(loader: SubjectLoader): void {
    if (this.subjects.has(loader.kind)) throw new Error(`two loaders for the subject ${loader.kind}`);
    this.subjects.set(loader.kind, loader);
  }

  subject(kind: string): SubjectLoader | null {
    return this.subjects.get(kind) ?? null;
  }
}
