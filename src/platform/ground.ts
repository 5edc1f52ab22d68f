import { Inject, Injectable } from '@nestjs/common';
import { Clock } from './clock.js';
import { Database } from './database/database.js';
import { Events } from './events.js';
import { Ids } from './ids.js';
import { Queues } from './queues.js';
import { Supply } from './supply.store.js';

/** The doors every command walks through, in one parcel. */
@Injectable()
export class Ground {
  constructor(
    readonly db: Database,
    readonly clock: Clock,
    readonly ids: Ids,
    readonly events: Events,
    @Inject(Queues) readonly queues: Queues,
    readonly supply: Supply,
  ) {}
}
