import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { readConfigFile } from '../platform/config-files.js';
import type { Label } from './domain/programme.js';

const lines = z.array(z.string().min(1)).min(1);
const scripts = z.record(z.string(), z.strictObject({ en: lines, es: lines }));
const scriptsFile = z.strictObject({ byCause: scripts, toPeer: scripts, byTier: scripts });

/** What to say and do when a request leaves the peers' hands: by cause, else by tier; another text for the peer where the desk's speaks of them. */
@Injectable()
export class HandOffScripts {
  private readonly file = readConfigFile('hand-off-scripts.json', scriptsFile);

  for(cause: string, tier: string): Label | null {
    return label(own(this.file.byCause, cause) ?? own(this.file.byTier, tier));
  }

  forPeer(cause: string, tier: string): Label | null {
    return label(own(this.file.toPeer, cause)) ?? this.for(cause, tier);
  }
}

function label(found: { readonly en: readonly string[]; readonly es: readonly string[] } | undefined): Label | null {
  return found ? { en: found.en.join('\n'), es: found.es.join('\n') } : null;
}

/** A cause is text of the caller's: `constructor` must not find what every object has. */
function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
