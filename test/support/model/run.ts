import fc from 'fast-check';
import { refusalOf } from '../../../src/platform/http/problem.js';
import type { Act, Aim, Tally } from './act.js';
import type { Records } from './records.js';
import type { Stage } from './stage.js';

/** What is known between two steps. */
export interface Model {
  readonly stage: Stage;
  readonly tally: Tally;
  seen: Records;
}

/** One act or two at once. Refusals are fine when they have a name; faults of ours are not. */
export class Step implements fc.AsyncCommand<Model, Stage> {
  constructor(private readonly acts: readonly [Act] | readonly [Act, Act]) {}

  check({ stage, seen }: Readonly<Model>): boolean {
    return this.acts.every((act) => act.aim(stage, seen) !== null);
  }

  async run(model: Model, stage: Stage): Promise<void> {
    const aims = this.acts.map((act) => [act, act.aim(stage, model.seen) as Aim] as const);
    await Promise.all(aims.map(([act, aim]) => this.attempt(act, this.acts.length === 1 ? aim : { go: aim.go }, model)));
    model.seen = await stage.judge(model.seen, this.acts.length === 1 && this.acts[0].settles === true);
  }

  toString(): string {
    return this.acts.map(({ name }) => name).join(' ‖ ');
  }

  private async attempt({ name }: Act, { go, expect }: Aim, { tally }: Model): Promise<void> {
    try {
      await go();
    } catch (error) {
      const { code, status } = refusalOf(error);
      if (status >= 500) throw new Error(`${name}: ${error instanceof Error ? error.stack : code}`, { cause: error });
      tally.count(name, code);
      if (expect === 'success') throw new Error(`${name} was refused: ${code}`, { cause: error });
      return;
    }
    tally.count(name, 'done');
    if (expect === 'refusal') throw new Error(`${name} was not refused`);
  }
}
