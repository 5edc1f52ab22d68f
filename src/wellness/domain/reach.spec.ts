import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { appealHearers, askedFrom, mayKnow, RUNGS, readerAs, type OnRung } from './reach.js';

const anyone = fc.constantFrom('p', 'kim', 'ruth', 'alex');

describe('who looks at a case', () => {
  it('is the supervisor and the deputy of the peer, and nobody else', () => {
    const standing = { supervisorId: 'kim', deputyId: 'ruth' };
    expect(['kim', 'ruth', 'alex', 'p'].map((reader) => readerAs(reader, 'p', standing, false))).toEqual(['supervisor', 'deputy', null, null]);
    expect(readerAs('alex', 'p', { supervisorId: null, deputyId: null }, false)).toBeNull();
  });

  it('is never the peer as their own supervisor, nor somebody the peer supervises', () => {
    fc.assert(fc.property(anyone, anyone, fc.option(anyone), fc.option(anyone), (reader, person, supervisorId, deputyId) => {
      const standing = { supervisorId, deputyId };
      expect(readerAs(reader, person, standing, true)).toBeNull();
      expect(readerAs(person, person, standing, false)).toBeNull();
    }));
  });
});

const kim = { personId: 'kim', here: true };
const ruth = { personId: 'ruth', here: true };
const lead = { personId: 'alex', here: true };
const away = (one: OnRung): OnRung => ({ ...one, here: false });

describe('who knows of a case before the peer does', () => {
  const both = { supervisorId: 'kim', deputyId: 'ruth' };
  const raisedBy = (id: string | null) => ({ toldAt: null, raisedBy: id });

  it('is whoever raised it, and the supervisor, who tell them', () => {
    expect([mayKnow('kim', 'supervisor', raisedBy('kim'), both), mayKnow('ruth', 'deputy', raisedBy('kim'), both)]).toEqual([true, false]);
    expect([mayKnow('kim', 'supervisor', raisedBy('ruth'), both), mayKnow('ruth', 'deputy', raisedBy('ruth'), both)]).toEqual([true, true]);
  });

  it('is the deputy where no supervisor serves', () => {
    expect(mayKnow('ruth', 'deputy', raisedBy('kim'), { ...both, supervisorId: null })).toBe(true);
    expect(mayKnow('ruth', 'deputy', raisedBy(null), both)).toBe(false);
  });
});

describe('who hears an appeal', () => {
  const ladder = { supervisor: [kim], deputy: [ruth], 'supervisor-lead': [lead] };

  it('is whoever of supervisor and deputy is here and did not set what it is about', () => {
    expect(appealHearers(['kim'], ladder)).toEqual({ askedOf: 'readers', people: ['ruth'] });
    expect(appealHearers([], ladder)).toEqual({ askedOf: 'readers', people: ['kim', 'ruth'] });
  });

  it('is a lead where neither may or neither is here', () => {
    expect(appealHearers(['kim'], { ...ladder, deputy: [] })).toEqual({ askedOf: 'supervisor-lead', people: ['alex'] });
    expect(appealHearers(['kim'], { ...ladder, deputy: [away(ruth)] })).toEqual({ askedOf: 'supervisor-lead', people: ['alex', 'ruth'] });
  });

  it('is never who set it', () => {
    const rung = fc.array(fc.record({ personId: anyone, here: fc.boolean() }), { maxLength: 2 });
    fc.assert(fc.property(anyone, fc.record({ supervisor: rung, deputy: rung, 'supervisor-lead': rung }), (setBy, any) => {
      expect(appealHearers([setBy], any).people).not.toContain(setBy);
    }));
  });
});

describe('who is asked for a supportive contact', () => {
  it('is the first who is there, from that rung on', () => {
    const ladder = { supervisor: [kim], deputy: [ruth], 'supervisor-lead': [lead] };
    expect(RUNGS.map((from) => askedFrom(from, ladder))).toEqual([
      { askedOf: 'supervisor', people: ['kim'], here: true }, { askedOf: 'deputy', people: ['ruth'], here: true }, { askedOf: 'supervisor-lead', people: ['alex'], here: true },
    ]);
    expect(askedFrom('supervisor', { ...ladder, supervisor: [away(kim)] }).askedOf).toBe('deputy');
    expect(askedFrom('supervisor', { ...ladder, supervisor: [away(kim)], deputy: [] }).people).toEqual(['alex']);
  });

  it('is whoever there is when nobody further up is here, and the case is the leads’', () => {
    expect(askedFrom('deputy', { supervisor: [kim], deputy: [], 'supervisor-lead': [away(lead)] })).toEqual({ askedOf: 'supervisor-lead', people: ['kim'], here: true });
    expect(askedFrom('supervisor', { supervisor: [away(kim)], deputy: [], 'supervisor-lead': [] })).toEqual({ askedOf: 'supervisor-lead', people: ['kim'], here: false });
    expect(askedFrom('supervisor', { supervisor: [], deputy: [], 'supervisor-lead': [] })).toEqual({ askedOf: 'supervisor-lead', people: [], here: false });
  });

  it('is nobody only when there is nobody', () => {
    const rung = fc.array(fc.record({ personId: anyone, here: fc.boolean() }), { maxLength: 2 });
    fc.assert(fc.property(fc.constantFrom(...RUNGS), fc.record({ supervisor: rung, deputy: rung, 'supervisor-lead': rung }), (from, ladder) => {
      const everybody = RUNGS.flatMap((each) => ladder[each]);
      const { people, here } = askedFrom(from, ladder);
      expect([people.length > 0, here]).toEqual([everybody.length > 0, everybody.some((each) => each.here)]);
    }));
  });
});
