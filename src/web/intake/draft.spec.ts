import { describe, expect, it } from '@jest/globals';
import type { SafetyAnswers } from '../api/types.js';
import { answerOfKey, bodyOf, contactKindOf, emptyDraft, isDanger, lacking, suggestedAcuity, type Draft } from './draft.js';

const calm: SafetyAnswers = { imminentDanger: 'no', medicalEmergency: 'no', violence: 'no', minor: 'no' };
const OREGON = 'America/Los_Angeles';
const NOW = Date.parse('2026-03-02T18:00:00Z');
const planned = (notBefore: string, about: Partial<Draft> = {}): Draft => ({ ...emptyDraft('p'), channel: 'planned', notBefore, ...about });

describe('intake', () => {
  it('asks for nothing but the safety answers: an untouched form is a whole request', () => {
    expect(bodyOf(emptyDraft('p'), OREGON)).toEqual({
      programmeId: 'p', channel: 'phone', contactKind: 'phone', language: 'en', forWhom: 'self', needsClinician: false, acuity: 2,
      needs: { populations: [], experience: [], skills: [] },
      safety: { imminentDanger: 'unknown', medicalEmergency: 'unknown', violence: 'unknown', minor: 'unknown' },
    });
  });

  it.each([
    ['imminent danger', { ...calm, imminentDanger: 'yes' }, 1, 'danger'],
    ['a medical emergency', { ...calm, medicalEmergency: 'yes' }, 1, 'danger'],
    ['violence', { ...calm, violence: 'yes' }, 2, 'violence'],
    ['danger nobody has asked about', { ...calm, imminentDanger: 'unknown' }, 2, 'unknown'],
    ['violence nobody has asked about', { ...calm, violence: 'unknown' }, 2, 'unknown'],
    ['nothing of the kind', calm, 3, 'calm'],
    ['a minor, which changes who may help, not how soon', { ...calm, minor: 'yes' }, 3, 'calm'],
  ] as const)('suggests an urgency for %s', (_, safety, acuity, because) => {
    expect(suggestedAcuity(safety)).toEqual({ acuity, because });
    expect(isDanger(safety)).toBe(because === 'danger');
  });

  it('lets the coordinator know better than the suggestion', () => {
    expect(bodyOf({ ...emptyDraft('p'), safety: calm, acuity: 4 }, OREGON).acuity).toBe(4);
    expect(bodyOf({ ...emptyDraft('p'), safety: calm }, OREGON).acuity).toBe(3);
  });

  it('sorts the needs into their kinds', () => {
    expect(bodyOf({ ...emptyDraft('p'), needs: ['experience:loss', 'populations:veteran', 'experience:substance-use'] }, OREGON).needs)
      .toEqual({ populations: ['veteran'], experience: ['loss', 'substance-use'], skills: [] });
  });

  it('sends wishes with how firm they are', () => {
    const wishes = { gender: { value: 'woman', strength: 'must' }, samePeer: { value: 'person', strength: 'would-like' }, likedLanguage: 'es' } as const;
    expect(bodyOf({ ...emptyDraft('p'), ...wishes }, OREGON).preferences)
      .toEqual([{ kind: 'gender', value: 'woman', strength: 'must' }, { kind: 'same-peer', value: 'person', strength: 'would-like' }, { kind: 'language', value: 'es', strength: 'would-like' }]);
  });

  it('follows the channel until a contact kind is chosen', () => {
    expect(contactKindOf({ channel: 'chat', contactKind: null })).toBe('text');
    expect(contactKindOf({ channel: 'chat', contactKind: 'phone' })).toBe('phone');
  });

  it('leaves out what is blank, and knows the requester by the number to call back unless told otherwise', () => {
    const draft = { ...emptyDraft('p'), callback: ' +1 541 555 0123 ', story: '  ', zip: '97401' };
    expect(bodyOf(draft, OREGON)).toMatchObject({ callback: '+1 541 555 0123', requesterKey: '+1 541 555 0123', place: { zip: '97401' } });
    expect(bodyOf({ ...draft, requesterKey: 'someone@example.test' }, OREGON)).toMatchObject({ callback: '+1 541 555 0123', requesterKey: 'someone@example.test' });
    expect(bodyOf(draft, OREGON)).not.toHaveProperty('story');
  });

  it('takes the keys of both languages', () => {
    expect(['y', 'S', 'n', 'u', 'D', 'x'].map(answerOfKey)).toEqual(['yes', 'yes', 'no', 'unknown', 'unknown', null]);
  });
});

describe('a planned request', () => {
  it('begins by the clock of the programme, whatever the clock of the device says', () => {
    expect(bodyOf(planned('2026-07-01T09:30'), OREGON).notBefore).toBe('2026-07-01T16:30:00.000Z');
    expect(bodyOf(planned('2026-07-01T09:30'), 'America/New_York').notBefore).toBe('2026-07-01T13:30:00.000Z');
    expect(bodyOf({ ...planned('2026-07-01T09:30'), channel: 'phone' }, OREGON)).not.toHaveProperty('notBefore');
  });

  it('means the hour that was chosen when the clocks repeat it', () => {
    expect(bodyOf(planned('2026-11-01T01:30'), OREGON).notBefore).toBe('2026-11-01T08:30:00.000Z');
    expect(bodyOf(planned('2026-11-01T01:30', { notBeforeSecond: true }), OREGON).notBefore).toBe('2026-11-01T09:30:00.000Z');
  });

  it.each([
    ['no time', '', 'not-before'],
    ['an hour the clocks skip', '2026-03-08T02:30', 'not-before-skipped'],
    ['a time that is over', '2026-03-02T09:59', 'not-before-past'],
    ['a time to come', '2026-03-02T10:01', 'none'],
  ])('is held back for %s', (_, notBefore, expected) => {
    expect(lacking(planned(notBefore), OREGON, NOW)).toBe(expected);
  });

  it('is the only one that needs a time', () => {
    expect(lacking(emptyDraft('p'), OREGON, NOW)).toBe('none');
  });
});
