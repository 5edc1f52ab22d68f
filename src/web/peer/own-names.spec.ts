import { describe, expect, it } from '@jest/globals';
import { forgetOwn, ownName } from './own-names.js';

class Shelf {
  constructor(private readonly names: string[]) {}
  get length(): number {
    return this.names.length;
  }
  key = (index: number): string | null => this.names[index] ?? null;
  removeItem = (name: string): void => void this.names.splice(this.names.indexOf(name), 1);
  get left(): readonly string[] {
    return this.names;
  }
}

describe('what a browser keeps of a peer', () => {
  it('is one account’s and no other’s', () => expect(ownName('a1', 'check-in')).not.toBe(ownName('a2', 'check-in')));

  it('is forgotten when they sign out, with what was kept without a name; what is the browser’s own stays', () => {
    const shelf = new Shelf(['pd.sound', ownName('a1', 'check-in'), 'pd.check-in', ownName('a1', 'own-check.readiness'), 'pd.last-shift', 'pd.language']);
    forgetOwn(shelf);
    expect(shelf.left).toEqual(['pd.sound', 'pd.language']);
  });
});
