import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';

@Injectable()
export class HealthStore {
  async appliedMigrations(tx: Tx): Promise<string[]> {
    return (await tx.rows<{ name: string }>('SELECT name FROM migration ORDER BY id LIMIT 1000')).map((row) => row.name);
  }
}
