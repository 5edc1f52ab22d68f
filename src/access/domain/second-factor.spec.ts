import { describe, expect, it } from '@jest/globals';
import { codeTyped, legible, needsSecondFactor, recoveryCode, stepAt, stepUsed } from './second-factor.js';

const NOW = new Date('2026-03-02T18:00:10Z');
const STEP = stepAt(NOW);

describe('a second factor', () => {
  it('is asked of everybody but peers, where staff need one', () => {
    expect([needsSecondFactor(['peer'], true), needsSecondFactor([], true), needsSecondFactor(['peer', 'supervisor'], true), needsSecondFactor(['admin'], false)]).toEqual([false, false, true, false]);
  });

  it('takes each step once, and none before it', () => {
    expect(stepUsed(0, NOW, 0)).toBe(STEP);
    expect(stepUsed(0, NOW, STEP)).toBeNull();
    expect(stepUsed(1, NOW, STEP)).toBe(STEP + 1);
    expect(stepUsed(-1, NOW, STEP - 1)).toBeNull();
    expect(stepUsed(null, NOW, 0)).toBeNull();
  });

  it('reads codes as people type them', () => {
    expect(codeTyped(' 123 456 ')).toEqual({ kind: 'totp', code: '123456' });
    expect(codeTyped('ABCD-efgh-0123-wxyz')).toEqual({ kind: 'recovery', code: 'abcdefgh0123wxyz' });
    expect(codeTyped('12345').kind).toBe('recovery');
  });

  it('has recovery codes of five bits a letter, in groups that can be read out', () => {
    const code = recoveryCode(Uint8Array.from([0, 68, 50, 20, 199, 66, 84, 182, 53, 207]));
    expect(code).toBe('0123456789abcdef');
    expect(recoveryCode(new Uint8Array(10).fill(255))).toBe('z'.repeat(16));
    expect(legible(code)).toBe('0123-4567-89ab-cdef');
    expect(codeTyped(legible(code)).code).toBe(code);
  });
});
