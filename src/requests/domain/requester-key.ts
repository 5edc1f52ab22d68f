import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/**
 * One form for each way of writing the same requester: `tel:+15415550123` (E.164, RFC 3966), `mailto:` lower-cased
 * (RFC 6068), else `ref:` with folded white space. Only a keyed hash of the result is stored.
 */
export function normaliseRequesterKey(text: string, country: CountryCode): string {
  const trimmed = text.normalize('NFKC').trim().replace(/^(tel|mailto|sms):/i, '');
  if (EMAIL.test(trimmed)) return `mailto:${trimmed.toLowerCase()}`;
  const phone = parsePhoneNumberFromString(trimmed, { defaultCountry: country, extract: false });
  if (phone?.isPossible()) return phone.number ? `tel:${phone.number}` : `ref:${trimmed}`;
  return `ref:${trimmed.toLowerCase().replace(/\s+/g, ' ')}`;
}
