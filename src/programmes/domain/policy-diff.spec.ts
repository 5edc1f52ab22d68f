import { describe, expect, it } from '@jest/globals';
import { policyDiff } from './policy-diff.js';

describe('two versions of a policy', () => {
  it('differ in nothing when they say the same', () => expect(policyDiff({ a: 1, b: { c: 2 } }, { b: { c: 2 }, a: 1 })).toEqual([]));

  it('differ setting by setting, however deep', () => {
    expect(policyDiff({ triageSeconds: 180, byAcuity: { 2: { rungs: [{ waveSize: 1 }] } } }, { triageSeconds: 120, byAcuity: { 2: { rungs: [{ waveSize: 3 }] } } })).toEqual([
      { path: 'triageSeconds', from: 180, to: 120 },
      { path: 'byAcuity.2.rungs.0.waveSize', from: 1, to: 3 },
    ].toSorted((a, b) => (a.path < b.path ? 1 : -1)));
  });

  it('tell a step that was added from one that was taken away', () => {
    const [short, long] = [{ rungs: [{ waveSize: 1 }] }, { rungs: [{ waveSize: 1 }, { waveSize: 2 }] }];
    expect(policyDiff(short, long)).toEqual([{ path: 'rungs.1.waveSize', from: null, to: 2 }]);
    expect(policyDiff(long, short)).toEqual([{ path: 'rungs.1.waveSize', from: 2, to: null }]);
  });

  it('do not take nought for nothing', () => expect(policyDiff({ undoSeconds: 0 }, { undoSeconds: 10 })).toEqual([{ path: 'undoSeconds', from: 0, to: 10 }]));
});
