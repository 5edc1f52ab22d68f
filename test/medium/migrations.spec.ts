import { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../migrations/index.js';
import { roleOption } from '../../src/platform/database/data-source.js';
import { freshDatabase } from '../support/database.js';

const SHAPE = `
  SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns WHERE table_schema IN ('public', 'wellness') ORDER BY 1, 2`;
const INDEXES = `SELECT indexname, indexdef FROM pg_indexes WHERE schemaname IN ('public', 'wellness') ORDER BY 1`;
const CONSTRAINTS = `SELECT conrelid::regclass::text AS table, conname, pg_get_constraintdef(oid) AS rule FROM pg_constraint WHERE connamespace IN ('public'::regnamespace, 'wellness'::regnamespace) ORDER BY 1, 2`;

it('the migrations go up, down to nothing, and up again to the same schema', async () => {
  const database = await freshDatabase();
  const source = new DataSource({
    type: 'postgres', url: database.url, migrations: MIGRATIONS, migrationsTableName: 'migration', poolSize: 1, extra: { options: roleOption('pd_owner') },
  });
  await source.initialize();
  const schema = async (): Promise<unknown[]> => [await source.query(SHAPE), await source.query(INDEXES), await source.query(CONSTRAINTS)];
  try {
    const before = await schema();
    for (let undone = 0; undone < MIGRATIONS.length; undone += 1) await source.undoLastMigration({ transaction: 'each' });
    const left = await source.query(`SELECT tablename FROM pg_tables WHERE schemaname IN ('public', 'wellness')`);
    expect(left).toEqual([{ tablename: 'migration' }]);
    await source.runMigrations({ transaction: 'each' });
    expect(await schema()).toEqual(before);
  } finally {
    await source.destroy();
    await database.drop();
  }
});
