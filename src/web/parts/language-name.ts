/** An offer on a phone at night is read before everything has arrived. */
export function languageName(code: string, spoken: string): string {
  return /^[a-z]{2,3}$/.test(code) ? (new Intl.DisplayNames(spoken, { type: 'language' }).of(code) ?? code) : code;
}
