import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';

/** Numbers without a country code are read in this numbering plan, wherever a key comes in: else the same person has two keys. */
export const HOME_COUNTRY = 'US';

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const NOBODY = 'ref:';

/**
 * One form for each way of writing the same requester: `tel:+15415550123` (E.164, RFC 3966), `mailto:` lower-cased
 * (RFC 6068), else `ref:` with folded white space. Only a keyed hash of the result is stored.
 */
export function normaliseRequesterKey(text: string, country: CountryCode): string {
  const trimmed = text.normalize('NFKC').trim().replace(/^(tel|mailto|sms):/i, '');
  if (EMAIL.test(trimmed)) return `mailto:${trimmed.toLowerCase()}`;
  const phone = parsePhoneNumberFromString(trimmed, { defaultCountry: country, extract: false });
  if (phone?.isPossible()) return phone.number ? `tel:${phone.number}` : `${NOBODY}${trimmed}`;
  return `${NOBODY}${trimmed.toLowerCase().replace(/\s+/g, ' ')}`;
}

/** A key of blanks alone would be the same for everybody who left it blank. */
export function namesNobody(normalised: string): boolean {
  return normalised.slice(NOBODY.length).trim() === '' && normalised.startsWith(NOBODY);
}
