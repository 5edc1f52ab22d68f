import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';

const MOST_PEERS = 500;

interface Deployment {
  readonly demo: boolean;
  /** Nobody and nothing has been entered yet. */
  readonly empty: boolean;
}

@Injectable()
export class DemoStore {
  /** Locked, so that of two processes that start together one seeds and the other finds it done. */
  async lockDeployment(tx: Tx): Promise<Deployment> {
    const { demo } = await tx.one<{ demo: boolean }>('SELECT demo FROM deployment FOR UPDATE');
    const { empty } = await tx.one<{ empty: boolean }>(
      'SELECT NOT EXISTS (SELECT 1 FROM person) AND NOT EXISTS (SELECT 1 FROM programme) AS empty',
    );
    return { demo, empty };
  }

  /** Everybody who may be asked, by id. */
  async peers(tx: Tx): Promise<string[]> {
    const rows = await tx.rows<{ personId: string }>('SELECT person_id FROM peer_profile ORDER BY person_id LIMIT $1', [MOST_PEERS]);
    return rows.map(({ personId }) => personId);
  }

  async becomeDemo(tx: Tx, organisationName: string): Promise<void> {
    await tx.run('UPDATE deployment SET organisation_name = $1, demo = true', [organisationName]);
  }
}
