import { z } from 'zod';
import { readConfigFile } from '../platform/config-files.js';

const supportsFile = z
  .array(z.strictObject({ code: z.string().regex(/^[a-z-]{2,40}$/), label: z.strictObject({ en: z.string().min(1), es: z.string().min(1) }) }))
  .min(1)
  .refine((supports) => new Set(supports.map(({ code }) => code)).size === supports.length, 'a support is listed twice');

/** What a supervisor may offer; `config/wellness-supports.json`. */
export const SUPPORTS = readConfigFile('wellness-supports.json', supportsFile);
export const SUPPORT_CODES: readonly string[] = SUPPORTS.map(({ code }) => code);
