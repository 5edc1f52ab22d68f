import type { QueryRunner } from 'typeorm';

/**
 * Lets a constraint that lists values take one more, whatever it lists by now: migrations that add values may run in any
 * company. `rule` writes the condition for a list of quoted values.
 */
export async function alsoAllow(runner: QueryRunner, { table, constraint, rule }: ListedValues, value: string): Promise<void> {
  await rewrite(runner, { table, constraint, rule }, (values) => [...new Set([...values, value])]);
}

/** No row may hold the value any more. */
export async function noLongerAllow(runner: QueryRunner, listed: ListedValues, value: string): Promise<void> {
  await rewrite(runner, listed, (values) => values.filter((each) => each !== value));
}

interface ListedValues {
  readonly table: string;
  readonly constraint: string;
  readonly rule: (list: string) => string;
}

export const KNOWN_ROLES: ListedValues = { table: 'account', constraint: 'known_roles', rule: (list) => `roles <@ ARRAY[${list}]::text[]` };
export const NOTICE_KINDS: ListedValues = { table: 'notification', constraint: 'notification_kind_check', rule: (list) => `kind IN (${list})` };
export const ALARM_KINDS: ListedValues = { table: 'alarm', constraint: 'alarm_kind_check', rule: (list) => `kind IN (${list})` };
export const CATALOGUE_KINDS: ListedValues = { table: 'catalogue_item', constraint: 'catalogue_item_kind_check', rule: (list) => `kind IN (${list})` };

async function rewrite(runner: QueryRunner, { table, constraint, rule }: ListedValues, change: (values: string[]) => string[]): Promise<void> {
  const [found] = (await runner.query(
    `SELECT pg_get_constraintdef(oid) AS rule FROM pg_constraint WHERE conname = '${constraint}' AND conrelid = '${table}'::regclass`,
  )) as { rule: string }[];
  const values = change([...(found?.rule ?? '').matchAll(/'([a-z-]+)'/g)].map(([, value = '']) => value));
  const list = values.map((value) => `'${value}'`).join(',');
  await runner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${constraint}, ADD CONSTRAINT ${constraint} CHECK (${rule(list)})`);
}
