import { describe, expect, it } from '@jest/globals';
import { languageName } from './language-name.js';

describe('a language before the catalogue has arrived', () => {
  it('has the name the reader knows it by', () => {
    expect([languageName('es', 'en'), languageName('en', 'es'), languageName('ase', 'en')]).toEqual(['Spanish', 'inglés', 'American Sign Language']);
  });

  it('is its code where nobody knows a name', () => {
    expect([languageName('x-quiet', 'en'), languageName('', 'en')]).toEqual(['x-quiet', '']);
  });
});
