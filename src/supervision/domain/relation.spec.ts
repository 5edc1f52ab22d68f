import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { after, HOUR_MS } from '../../platform/time.js';
import { mayAgree, mayAppoint, standingOf, successionOf, takesEffectAt } from './relation.js';

const NOW = new Date('2026-03-02T18:00:00Z');
const inHours = (hours: number): Date => after(NOW, hours * HOUR_MS);

describe('a relation', () => {
  it('waits for a day after the peer was told, and is in effect from that minute on', () => {
    const relation = { effectiveAt: takesEffectAt(NOW), endedAt: null };
    expect([NOW, after(inHours(24), -1), inHours(24)].map((at) => standingOf(relation, at))).toEqual(['waiting', 'waiting', 'in-effect']);
  });

  it('is over at the minute of its end, whether it ever began or not', () => {
    expect(standingOf({ effectiveAt: NOW, endedAt: inHours(1) }, after(inHours(1), -1))).toBe('in-effect');
    expect(standingOf({ effectiveAt: NOW, endedAt: inHours(1) }, inHours(1))).toBe('over');
    expect(standingOf({ effectiveAt: inHours(24), endedAt: NOW }, NOW)).toBe('over');
  });

  it('begins sooner by a tap, never again, and not once it is over', () => {
    expect(mayAgree({ effectiveAt: inHours(3), endedAt: null }, NOW)).toBe('do');
    expect(mayAgree({ effectiveAt: NOW, endedAt: null }, NOW)).toBe('done');
    expect(mayAgree({ effectiveAt: inHours(3), endedAt: NOW }, NOW)).toBe('over');
  });
});

describe('who may be appointed', () => {
  const ask = { personId: 'peer', supervisorId: 'kim', by: 'lead' };

  it('is anybody the two have nothing with yet, also the lead', () => {
    expect([mayAppoint(ask, []), mayAppoint({ ...ask, supervisorId: 'lead' }, [])]).toEqual([null, null]);
  });

  it('is never oneself, nor by oneself', () => {
    expect(mayAppoint({ ...ask, supervisorId: 'peer' }, [])).toBe('not-yourself');
    expect(mayAppoint({ ...ask, by: 'peer' }, [])).toBe('not-yourself');
  });

  it('is nobody whom the peer supervises, also while that ends', () => {
    expect(mayAppoint(ask, [{ personId: 'kim', endedAt: null }])).toBe('supervise-each-other');
    expect(mayAppoint(ask, [{ personId: 'kim', endedAt: inHours(3) }])).toBe('supervise-each-other');
  });

  it('is nobody who stands behind the peer already, unless somebody follows them there', () => {
    expect(mayAppoint(ask, [{ personId: 'peer', endedAt: null }])).toBe('stands-behind-already');
    expect(mayAppoint(ask, [{ personId: 'peer', endedAt: inHours(3) }])).toBeNull();
  });
});

it('leaves somebody in effect at every minute once there was one, whoever is appointed, agreed to or withdrawn when', () => {
  type Row = { id: number; effectiveAt: Date; endedAt: Date | null };
  const command = fc.record({ what: fc.constantFrom('appoint', 'agree', 'withdraw'), hours: fc.integer({ min: 0, max: 40 }) });
  fc.assert(fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
    let rows: Row[] = [{ id: 0, effectiveAt: NOW, endedAt: null }];
    let now = NOW;
    const end = (row: Row | null, endedAt: Date | null): void => void (rows = rows.map((each) => (row && each.id === row.id ? { ...each, endedAt } : each)));
    for (const { what, hours } of commands) {
      now = after(now, hours * HOUR_MS);
      const same = rows.filter((row) => standingOf(row, now) !== 'over');
      const { withdrawn, succeeded } = successionOf(same, now);
      if (what === 'appoint') {
        end(withdrawn, now);
        end(succeeded, takesEffectAt(now));
        rows = [...rows, { id: rows.length, effectiveAt: takesEffectAt(now), endedAt: null }];
      } else if (withdrawn && what === 'agree') {
        end(succeeded, now);
        rows = rows.map((row) => (row.id === withdrawn.id ? { ...row, effectiveAt: now } : row));
      } else if (withdrawn) {
        end(withdrawn, now);
        end(succeeded, null);
      }
      for (const at of [now, after(now, HOUR_MS), after(now, 24 * HOUR_MS), after(now, 1_000 * HOUR_MS)]) {
        if (rows.filter((row) => standingOf(row, at) === 'in-effect').length !== 1) return false;
      }
      if (rows.filter(({ endedAt }) => endedAt === null).length !== 1) return false;
    }
    return true;
  }));
});
