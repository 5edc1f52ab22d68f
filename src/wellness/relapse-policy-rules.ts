import { z } from 'zod';
import { readConfigFile } from '../platform/config-files.js';
import type { PolicyWords } from './domain/relapse-policy.js';

const lines = z.array(z.string().min(1)).min(1);
const templateFile = z
  .strictObject({ label: z.strictObject({ en: z.string().min(1), es: z.string().min(1) }), contactHours: z.int().min(1).max(72), text: z.strictObject({ en: lines, es: lines }) })
  .transform(({ label, contactHours, text }): PolicyWords => ({ label, contactHours, text: { en: text.en.join('\n\n'), es: text.es.join('\n\n') } }));

/** What a programme's first draft begins from. */
export const RELAPSE_POLICY_TEMPLATE: PolicyWords = readConfigFile('relapse-policy.json', templateFile);
