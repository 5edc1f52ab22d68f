export const SHORTEST_PASSWORD = 12;
export const LONGEST_PASSWORD = 200;
/** Fewer different characters than this is one key held down. */
const FEWEST_CHARACTERS = 3;

export interface WhoseItIs {
  readonly email: string;
  readonly displayName: string;
}

interface PasswordFault {
  readonly code: 'too-short' | 'too-long' | 'too-common' | 'about-you';
  readonly message: string;
}

/**
 * What is wrong with a new password, null when nothing is. NIST SP 800-63B §3.1.1.2: length, a list of the commonest and
 * the words anybody would try first; no rules about kinds of characters, and no expiry.
 */
export function passwordFault(password: string, whose: WhoseItIs, commonest: ReadonlySet<string>): PasswordFault | null {
  const length = [...password].length;
  if (length < SHORTEST_PASSWORD) return { code: 'too-short', message: `A password has at least ${SHORTEST_PASSWORD} characters.` };
  if (length > LONGEST_PASSWORD) return { code: 'too-long', message: `A password has at most ${LONGEST_PASSWORD} characters.` };
  const plain = password.toLowerCase();
  const easy = commonest.has(plain) || new Set(plain).size < FEWEST_CHARACTERS;
  if (easy) return { code: 'too-common', message: 'Too many people use this password; a few unrelated words are better.' };
  if (wordsAbout(whose).some((word) => madeOf(plain, word))) {
    return { code: 'about-you', message: 'This is your name or your address; a few unrelated words are better.' };
  }
  return null;
}

function wordsAbout({ email, displayName }: WhoseItIs): string[] {
  const words = [email, email.split('@', 1)[0] ?? '', displayName, displayName.replace(/\s+/g, '')];
  return words.map((word) => word.toLowerCase().trim()).filter((word) => word.length >= 3);
}

/** The word, alone or repeated, with nothing added but figures and signs. */
function madeOf(plain: string, word: string): boolean {
  return plain.includes(word) && /^[\d\p{P}\p{S}\s]*$/u.test(plain.replaceAll(word, ''));
}
