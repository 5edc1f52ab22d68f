import { readOptions, UsageError } from './options.js';

const ENV = { DEMO_PASSWORD: 'known-to-the-demo' };
const read = (line: string, env: Record<string, string | undefined> = ENV) => readOptions(line.split(' ').filter(Boolean), env);

it('needs no more than the file, --live and the server', () => {
  expect(read('some.csv --live --base http://127.0.0.1:3000/')).toEqual({
    file: 'some.csv', base: 'http://127.0.0.1:3000', programme: null, from: null, to: null, limit: null, peers: 20,
    acceptRate: 0.85, seed: 1, compress: null, settleMs: 60_000, password: 'known-to-the-demo',
  });
});

it('reads every option', () => {
  expect(read('some.csv --live --base http://h:1 --from 2025-01-01 --to 2025-01-31 --limit 300 --peers 24 --accept-rate 0.5 --seed 9 --compress 60 --settle 5')).toMatchObject({
    from: '2025-01-01', to: '2025-01-31', limit: 300, peers: 24, acceptRate: 0.5, seed: 9, compress: 60, settleMs: 5000,
  });
});

it.each([
  ['--live --base http://h:1', 'Name the CSV file'],
  ['some.csv --base http://h:1', 'Add --live'],
  ['some.csv --live', 'Name the server'],
  ['some.csv --live --base ftp://h', 'is not an http address'],
  ['some.csv more.csv --live --base http://h:1', 'One file at a time'],
  ['some.csv --live --base http://h:1 --peers 25', '--peers 25 is not a number from 1 to 24'],
  ['some.csv --live --base http://h:1 --limit 2.5', '--limit 2.5 is not a whole number'],
  ['some.csv --live --base http://h:1 --accept-rate much', '--accept-rate much is not a number from 0 to 1'],
  ['some.csv --live --base http://h:1 --compress 0', '--compress 0 is not a number'],
  ['some.csv --live --base http://h:1 --from 2025-02-30', '--from 2025-02-30 is not a date'],
  ['some.csv --live --base http://h:1 --from 2025-02-02 --to 2025-02-01', '--from is later than --to'],
  ['some.csv --live --base http://h:1 --speed 2', '--speed'],
])('refuses "%s" and says why', (line, why) => {
  expect(() => read(line)).toThrow(UsageError);
  expect(() => read(line)).toThrow(why);
});

it('asks for DEMO_PASSWORD when it is missing or empty', () => {
  expect(() => read('some.csv --live --base http://h:1', {})).toThrow('Set DEMO_PASSWORD');
  expect(() => read('some.csv --live --base http://h:1', { DEMO_PASSWORD: '' })).toThrow('Set DEMO_PASSWORD');
});
