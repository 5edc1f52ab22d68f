import { Injectable } from '@nestjs/common';
import { ProgrammesService } from '../programmes/programmes.service.js';
import { PeersService } from './peers.service.js';

/** What keeping peers needs of its neighbours, in one parcel. */
@Injectable()
export class PeerKeepingParts {
  constructor(
    readonly peers: PeersService,
    readonly programmes: ProgrammesService,
  ) {}
}
