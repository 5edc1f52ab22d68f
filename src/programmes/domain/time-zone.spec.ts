import { describe, expect, it } from '@jest/globals';
import { isTimeZone } from './time-zone.js';

describe('a time zone', () => {
  it.each(['America/Los_Angeles', 'America/Argentina/Buenos_Aires', 'Pacific/Honolulu'])('%s is one', (name) => expect(isTimeZone(name)).toBe(true));
  it.each(['', 'PST', '+08:00', 'UTC+8', 'Mars/Olympus', 'America/Los_Angeles; DROP', '../etc/localtime'])('%j is none', (name) => expect(isTimeZone(name)).toBe(false));
});
