import { describe, expect, it } from '@jest/globals';
import { addressKey, PER_ACCOUNT_AND_ADDRESS, waitSeconds } from './throttle.js';

const NOW = new Date(Date.UTC(2026, 2, 2, 18));
const minutesAgo = (...minutes: number[]) => minutes.map((each) => new Date(NOW.getTime() - each * 60_000));

describe('failed sign-ins', () => {
  it('leave nine without a wait', () => expect(waitSeconds(minutesAgo(1, 1, 1, 1, 1, 1, 1, 1, 1), PER_ACCOUNT_AND_ADDRESS, NOW)).toBe(0));

  it('make the eleventh attempt wait until the oldest of ten has passed', () => {
    expect(waitSeconds(minutesAgo(0, 0, 0, 0, 0, 0, 0, 0, 0, 5), PER_ACCOUNT_AND_ADDRESS, NOW)).toBe(600);
    expect(waitSeconds(minutesAgo(0, 0, 0, 0, 0, 0, 0, 0, 0, 15), PER_ACCOUNT_AND_ADDRESS, NOW)).toBe(0);
  });
});

describe('an address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'], ['::ffff:203.0.113.7', '203.0.113.7'], ['2001:db8:0:1:2:3:4:5', '2001:db8:0:1::/64'],
    ['2001:DB8:0000:0001::5', '2001:db8:0:1::/64'], ['2001:db8::1', '2001:db8:0:0::/64'], ['::1', '0:0:0:0::/64'], ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('%s counts as %s', (address, key) => expect(addressKey(address)).toBe(key));
});
