import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRecords, readRow, recordedContactMs, recordedWaitMs, type DispatchRecord, type Row } from './records.js';

const ZONE = 'America/Los_Angeles';
const SAMPLE = 'test/fixtures/sample-dispatches.csv';
const ALL = { from: null, to: null, limit: null };
const row: Row = {
  case_id: '7', city: 'Eugene', requested_at: '2023-01-10T08:00:00', dispatched_at: '2023-01-10T08:12:00',
  arrived_at: '2023-01-10T08:30:00', engaged_at: '', departed_at: '2023-01-10T08:50:00',
  reasons: 'Paranoia; Trauma', end_point: '', disposition: '',
};

function record(change: Partial<Row>): DispatchRecord {
  const read = readRow({ ...row, ...change }, 2, ZONE);
  if ('why' in read) throw new Error(read.why);
  return read;
}

describe('reading a row', () => {
  it('reads times as local time of Lane County, in winter and in summer', () => {
    expect(record({}).requestedAtMs).toBe(Date.parse('2023-01-10T16:00:00Z'));
    expect(record({ requested_at: '2023-07-10T08:00:00' }).requestedAtMs).toBe(Date.parse('2023-07-10T15:00:00Z'));
  });

  it.each([
    [{ requested_at: '' }, 'requested_at is missing'],
    [{ requested_at: 'half past nine' }, 'requested_at "half past nine" is not a local time'],
    [{ requested_at: '2023-02-30T08:00:00' }, 'requested_at "2023-02-30T08:00:00" is not a local time'],
    [{ departed_at: '2023-01-10T08:00:00Z' }, 'departed_at "2023-01-10T08:00:00Z" is not a local time'],
    [{ requested_at: '1999-12-31T23:59:00' }, 'requested_at 1999-12-31T23:59:00 is outside 2000–2100'],
    [{ dispatched_at: '2101-01-01T00:00:00' }, 'dispatched_at 2101-01-01T00:00:00 is outside 2000–2100'],
  ])('refuses %j by its line', (change, why) => {
    expect(readRow({ ...row, ...change }, 9, ZONE)).toEqual({ line: 9, why });
  });

  it('keeps a row whose stamps are out of order, but measures no wait and no contact by them', () => {
    expect(recordedWaitMs(record({ dispatched_at: '2023-01-10T07:00:00' }))).toBeNull();
    expect(recordedContactMs(record({ departed_at: '2005-01-10T08:50:00' }))).toBeNull();
  });

  it('measures contact from engagement, else from arrival', () => {
    expect(recordedContactMs(record({}))).toBe(20 * 60_000);
    expect(recordedContactMs(record({ engaged_at: '2023-01-10T08:35:00' }))).toBe(15 * 60_000);
  });
});

describe('reading a file', () => {
  it('reports the bad rows of the sample by line and keeps the others', async () => {
    const { records, badRows } = await readRecords(SAMPLE, ZONE, ALL);
    expect(records).toHaveLength(38);
    expect(badRows).toEqual([
      { line: 32, why: 'requested_at is missing' },
      { line: 35, why: 'requested_at "2023-03-08 half past nine" is not a local time' },
    ]);
  });

  it('puts records in the order of their requests, as they arrived', async () => {
    const { records } = await readRecords(SAMPLE, ZONE, ALL);
    const times = records.map(({ requestedAtMs }) => requestedAtMs);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(records.findIndex(({ caseId }) => caseId === '90026')).toBe(records.findIndex(({ caseId }) => caseId === '90027') - 1);
  });

  it('takes the local dates from and to, both included, and stops at the limit', async () => {
    const second = await readRecords(SAMPLE, ZONE, { ...ALL, from: '2023-03-08', to: '2023-03-08' });
    expect(second.records.map(({ requestedOn }) => requestedOn)).toEqual(Array(10).fill('2023-03-08'));
    expect((await readRecords(SAMPLE, ZONE, { ...ALL, limit: 3 })).records.map(({ caseId }) => caseId)).toEqual(['90001', '90002', '90003']);
  });

  describe('of other making', () => {
    let folder: string;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'replay-'));
    });
    afterEach(() => rm(folder, { recursive: true }));
    const written = async (text: string): Promise<string> => {
      await writeFile(join(folder, 'some.csv'), text);
      return join(folder, 'some.csv');
    };

    it('reports a row with the wrong number of cells and goes on', async () => {
      const header = Object.keys(row).join(',');
      const file = await written(`${header}\n1,Eugene\n${Object.values(row).join(',')}\n`);
      const { records, badRows } = await readRecords(file, ZONE, ALL);
      expect(records.map(({ caseId }) => caseId)).toEqual(['7']);
      expect(badRows.map(({ line }) => line)).toEqual([2]);
    });

    it('refuses a file without the known columns', async () => {
      const file = await written('a,b\n1,2\n');
      await expect(readRecords(file, ZONE, ALL)).rejects.toThrow('The file has no column case_id, city');
    });

    it('says so when there is no file', async () => {
      await expect(readRecords(join(folder, 'none.csv'), ZONE, ALL)).rejects.toThrow('ENOENT');
    });
  });
});
