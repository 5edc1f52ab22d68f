import { language } from '../i18n.js';

/** How to reach somebody, in the language of who reads it as far as the programme has it. */
export function callingWords(of: { readonly callingInstruction: string; readonly callingInstructionEs?: string | null | undefined }): string {
  return (language() === 'es' ? of.callingInstructionEs : null) ?? of.callingInstruction;
}
