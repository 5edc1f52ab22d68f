/** Two-digit codes of the states, the District of Columbia and the territories (ANSI INCITS 38). */
const STATES = new Set(
  ('01 02 04 05 06 08 09 10 11 12 13 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 44 45 46 47 48 49 50 51 53 54 55 56 ' +
    '60 66 69 72 78').split(' '),
);

/** Five digits, state and county (ANSI INCITS 31); 000 stands for the whole state and is no county. */
export function isCountyFips(code: string): boolean {
  return /^\d{5}$/.test(code) && STATES.has(code.slice(0, 2)) && !code.endsWith('000');
}
