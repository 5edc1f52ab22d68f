import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { RelapsePolicy1763805750000 } from '../../migrations/1763805750000-relapse-policy.js';
import { ToldHeardWaiting1763806420000 } from '../../migrations/1763806420000-told-heard-waiting.js';
import { WhoConfirmed1763806532000 } from '../../migrations/1763806532000-who-confirmed.js';
import { MIGRATIONS } from '../../migrations/index.js';
import { roleOption } from '../../src/platform/database/data-source.js';
import { Tx } from '../../src/platform/database/tx.js';
import { after, HOUR_MS } from '../../src/platform/time.js';
import { policyStanding } from '../../src/wellness/domain/relapse-policy.js';
import { RELAPSE_POLICY_TEMPLATE } from '../../src/wellness/relapse-policy-rules.js';
import { RelapsePolicyStore } from '../../src/wellness/relapse-policy.store.js';
import { freshDatabase } from '../support/database.js';

const SHAPE = `
  SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns WHERE table_schema IN ('public', 'wellness') ORDER BY 1, 2`;
const INDEXES = `SELECT indexname, indexdef FROM pg_indexes WHERE schemaname IN ('public', 'wellness') ORDER BY 1`;
const CONSTRAINTS = `SELECT conrelid::regclass::text AS table, conname, pg_get_constraintdef(oid) AS rule FROM pg_constraint WHERE connamespace IN ('public'::regnamespace, 'wellness'::regnamespace) ORDER BY 1, 2`;

const asOwner = (url: string): DataSource =>
  new DataSource({ type: 'postgres', url, migrations: MIGRATIONS, migrationsTableName: 'migration', poolSize: 1, extra: { options: roleOption('pd_owner') } });

it('the migrations go up, down to nothing, and up again to the same schema', async () => {
  const database = await freshDatabase();
  const source = asOwner(database.url);
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

it('a programme that served before there were relapse policies gets a draft and goes on for the days of grace; one that had closed does not', async () => {
  const database = await freshDatabase();
  const source = asOwner(database.url);
  await source.initialize();
  try {
    const since = MIGRATIONS.length - MIGRATIONS.indexOf(RelapsePolicy1763805750000);
    for (let undone = 0; undone < since; undone += 1) await source.undoLastMigration({ transaction: 'each' });
    const programmes = await source.query<{ id: string; name: string }[]>(
      `INSERT INTO programme (id, name, time_zone, calling_instruction, status)
       SELECT gen_random_uuid(), name, 'America/Chicago', 'Call through the line', status FROM (VALUES ('Warmline', 'active'), ('Night line', 'active'), ('Old line', 'closed')) given (name, status)
       RETURNING id, name`);
    const id = (name: string): string => String(programmes.find((each) => each.name === name)?.id);
    await source.runMigrations({ transaction: 'each' });
    const drafts = await source.query<object[]>(
      `SELECT p.name, r.number, r.state, r.written_by, r.label->>'en' <> '' AND r.label->>'es' <> '' AND r.body->>'en' <> '' AND r.body->>'es' <> '' AS words, r.contact_hours
       FROM wellness.relapse_policy r JOIN programme p ON p.id = r.programme_id ORDER BY p.name`);
    const draft = { number: 1, state: 'draft', written_by: null, words: true, contact_hours: RELAPSE_POLICY_TEMPLATE.contactHours };
    expect(drafts).toEqual([{ name: 'Night line', ...draft }, { name: 'Warmline', ...draft }]);
    const [{ began_at: beganAt } = { began_at: new Date(0) }] = await source.query<{ began_at: Date }[]>('SELECT began_at FROM wellness.relapse_policy_grace WHERE programme_id = $1', [id('Warmline')]);

    const store = new RelapsePolicyStore();
    const standing = async (name: string, hours: number): Promise<string> => {
      const runner = source.createQueryRunner();
      try {
        const now = after(beganAt, hours * HOUR_MS);
        return policyStanding(await store.facts(new Tx(runner, (await runner.connect()) as PoolClient), id(name), now), now).kind;
      } finally {
        await runner.release();
      }
    };
    expect([await standing('Warmline', 1), await standing('Warmline', 25), await standing('Warmline', 14 * 24), await standing('Old line', 1)]).toEqual(['grace', 'unconfirmed', 'missing', 'missing']);
    // Each of them is looked at by the first sweep, so that supervisors are asked to confirm.
    expect(await source.query(`SELECT count(*)::int AS due FROM wellness.relapse_policy_due WHERE due_at <= now()`)).toEqual([{ due: 3 }]);
  } finally {
    await source.destroy();
    await database.drop();
  }
});

it('who confirmed that help is there becomes a code, in whatever language the desk said it, and keeps its own word where it has none', async () => {
  const database = await freshDatabase();
  const source = asOwner(database.url);
  await source.initialize();
  try {
    const back = async (): Promise<void> => {
      for (let undone = MIGRATIONS.length - MIGRATIONS.indexOf(WhoConfirmed1763806532000); undone > 0; undone -= 1) await source.undoLastMigration({ transaction: 'each' });
    };
    await back();
    await source.query('ALTER TABLE escalation DROP CONSTRAINT escalation_request_id_fkey');
    const said = ['988', 'Mobile team', 'Equipo móvil', 'Supervisión', 'clinician', 'St. Mary’s', null];
    for (const word of said) {
      await source.query(
        `INSERT INTO escalation (id, request_id, cause, tier, search_continues, opened_at, contact_confirmed_at, contact_confirmed_by, closed_at, close_reason)
         VALUES (gen_random_uuid(), gen_random_uuid(), 'imminent-danger', 'partner', false, '2026-03-02T10:00Z', '2026-03-02T10:05Z', $1, '2026-03-02T10:05Z', 'contact-confirmed')`, [word]);
    }
    const words = (): Promise<unknown> => source.query('SELECT contact_confirmed_by AS by FROM escalation ORDER BY contact_confirmed_by');
    await source.runMigrations({ transaction: 'each' });
    expect(await source.query('SELECT contact_confirmed_by AS by, contact_confirmed_name AS name FROM escalation ORDER BY contact_confirmed_by')).toEqual([
      { by: '988', name: null }, { by: 'clinician', name: null }, { by: 'mobile-team', name: null }, { by: 'mobile-team', name: null },
      { by: 'other', name: 'St. Mary’s' }, { by: 'supervisor', name: null }, { by: null, name: null },
    ]);
    await back();
    expect(await words()).toEqual(['988', 'St. Mary’s', 'clinician', 'mobile-team', 'mobile-team', 'supervisor', null].map((by) => ({ by })));
  } finally {
    await source.destroy();
    await database.drop();
  }
});

it('a case whose peer had not been told owes them that before it owes a contact, and an appeal that waited gets its time', async () => {
  const database = await freshDatabase();
  const source = asOwner(database.url);
  await source.initialize();
  try {
    const since = MIGRATIONS.length - MIGRATIONS.indexOf(ToldHeardWaiting1763806420000);
    for (let undone = 0; undone < since; undone += 1) await source.undoLastMigration({ transaction: 'each' });
    const people = await source.query<{ id: string }[]>(`INSERT INTO person (id, display_name, created_at) SELECT gen_random_uuid(), 'P', '2026-03-01T10:00Z' FROM generate_series(1, 2) RETURNING id`);
    const [untold, appealed] = people.map(({ id }) => id);
    await source.query(
      `INSERT INTO wellness.flag_case (id, person_id, state, origin, opened_at, told_at, contact_due_at, asked_of, appealed_at, next_due_at, version) VALUES
        (gen_random_uuid(), $1, 'open', 'scheduled-review', '2026-03-02T10:00Z', NULL, '2026-03-03T10:00Z', 'supervisor', NULL, '2026-03-03T10:00Z', 1),
        (gen_random_uuid(), $2, 'open', 'self', '2026-03-02T10:00Z', '2026-03-02T10:00Z', '2026-03-06T10:00Z', 'supervisor', '2026-03-02T12:00Z', '2026-03-06T10:00Z', 1)`,
      [untold, appealed]);
    await source.query(`INSERT INTO wellness.outbox (id, to_person, due_at, sent_at) SELECT gen_random_uuid(), id, '2026-03-02T10:00Z', '2026-03-02T10:00Z' FROM person`);
    await source.runMigrations({ transaction: 'each' });
    expect(await source.query('SELECT contact_due_at, next_due_at, appeal_due_at, appeal_asked_of FROM wellness.flag_case ORDER BY origin')).toEqual([
      { contact_due_at: null, next_due_at: new Date('2026-03-03T10:00Z'), appeal_due_at: null, appeal_asked_of: null },
      { contact_due_at: new Date('2026-03-06T10:00Z'), next_due_at: new Date('2026-03-05T12:00Z'), appeal_due_at: new Date('2026-03-05T12:00Z'), appeal_asked_of: 'readers' },
    ]);
    const waiting = await source.query<{ to_person: string }[]>('SELECT to_person FROM wellness.outbox WHERE opened_at IS NULL');
    expect(waiting).toEqual([{ to_person: untold }]);
  } finally {
    await source.destroy();
    await database.drop();
  }
});
