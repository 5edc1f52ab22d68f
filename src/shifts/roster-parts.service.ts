import { Injectable } from '@nestjs/common';
import { PeersService } from '../peers/peers.service.js';
import { ProgrammesService } from '../programmes/programmes.service.js';
import { DutyJournal } from './duty-journal.service.js';
import { DutyService } from './duty.service.js';
import { DutyStore } from './duty.store.js';

/** What the roster needs of the duties, in one parcel. */
@Injectable()
export class RosterParts {
  constructor(
    readonly duty: DutyService,
    readonly duties: DutyStore,
    readonly journal: DutyJournal,
    readonly peers: PeersService,
    readonly belongs: ProgrammesService,
  ) {}
}
