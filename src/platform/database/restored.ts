import { ANSWERS_IN_TIME, connected } from './connecting.js';
import { roleOption } from './data-source.js';

/**
 * Marks that the records were brought back from a backup: a new epoch. What was told before it, under transaction numbers
 * that mean nothing here, is told to nobody again, and every open page loads afresh. Returns the epoch that begins.
 */
export async function beginEpoch(migrateDatabaseUrl: string): Promise<number> {
  const owner = await connected({ connectionString: migrateDatabaseUrl, options: roleOption('pd_owner'), ...ANSWERS_IN_TIME });
  try {
    const { rows } = await owner.query<{ epoch: number }>('UPDATE deployment SET epoch = epoch + 1 RETURNING epoch');
    const [deployment] = rows;
    if (!deployment) throw new Error('this database holds no deployment');
    return deployment.epoch;
  } finally {
    await owner.end();
  }
}
