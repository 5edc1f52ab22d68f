import { signInLines } from './start-messages.js';

const peers = Array.from({ length: 24 }, (_, n) => ({ email: `peer${String(n + 1).padStart(2, '0')}@demo.test`, role: 'peer' }));
const signIns = [{ email: 'admin@demo.test', role: 'admin' }, { email: 'coordinator@demo.test', role: 'coordinator' }, ...peers];

describe('the sign-ins on the screen', () => {
  it('shows a made-up password at the first start, and one line a role', () => {
    expect(signInLines({ created: true, signIns, password: 'made-up' }, false)).toEqual([
      'Demo: sign in as',
      '  admin        admin@demo.test',
      '  coordinator  coordinator@demo.test',
      '  peer         peer01@demo.test … peer24@demo.test',
      '  password     made-up   (printed once, at the first start)',
    ]);
  });

  it('never shows a password that was chosen, nor one of an earlier start', () => {
    expect(signInLines({ created: true, signIns }, true).at(-1)).toMatch(/the one in DEMO_PASSWORD$/);
    expect(signInLines({ created: false, signIns }, true).at(-1)).toMatch(/as set or printed at the first start$/);
  });

  it('says nothing where there is no demo', () => {
    expect(signInLines({ created: false, signIns: [] }, false)).toEqual([]);
  });
});
