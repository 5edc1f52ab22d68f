import { describe, expect, it } from '@jest/globals';
import type { SafetyAnswers } from '../api/types.js';
import { answerOfKey, bodyOf, contactKindOf, emptyDraft, suggestedAcuity } from './draft.js';

const calm: SafetyAnswers = { imminentDanger: 'no', medicalEmergency: 'no', violence: 'no', minor: 'no' };

describe('intake', () => {
  it('asks for nothing but the safety answers: an untouched form is a whole request', () => {
    expect(bodyOf(emptyDraft('p'))).toEqual({
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
  });

  it('lets the coordinator know better than the suggestion', () => {
    expect(bodyOf({ ...emptyDraft('p'), safety: calm, acuity: 4 }).acuity).toBe(4);
    expect(bodyOf({ ...emptyDraft('p'), safety: calm }).acuity).toBe(3);
  });

  it('sorts the needs into their kinds', () => {
    expect(bodyOf({ ...emptyDraft('p'), needs: ['experience:loss', 'populations:veteran', 'experience:substance-use'] }).needs)
      .toEqual({ populations: ['veteran'], experience: ['loss', 'substance-use'], skills: [] });
  });

  it('follows the channel until a contact kind is chosen', () => {
    expect(contactKindOf({ channel: 'chat', contactKind: null })).toBe('text');
    expect(contactKindOf({ channel: 'chat', contactKind: 'phone' })).toBe('phone');
  });

  it('sends a planned time with the planned channel only', () => {
    const draft = { ...emptyDraft('p'), notBefore: '2025-05-13T09:30' };
    expect(bodyOf(draft)).not.toHaveProperty('notBefore');
    expect(bodyOf({ ...draft, channel: 'planned' }).notBefore).toBe(new Date(2025, 4, 13, 9, 30).toISOString());
  });

  it('leaves out what is blank, and knows the requester by the number to call back', () => {
    expect(bodyOf({ ...emptyDraft('p'), callback: ' +1 541 555 0123 ', story: '  ', zip: '97401' }))
      .toMatchObject({ callback: '+1 541 555 0123', requesterKey: '+1 541 555 0123', place: { zip: '97401' } });
    expect(bodyOf({ ...emptyDraft('p'), story: '  ' })).not.toHaveProperty('story');
  });

  it('takes the keys of both languages', () => {
    expect(['y', 'S', 'n', 'u', 'D', 'x'].map(answerOfKey)).toEqual(['yes', 'yes', 'no', 'unknown', 'unknown', null]);
  });
});
