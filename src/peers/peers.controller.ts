import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Action, Me, NeverReplayed, Subject, type Principal } from '../access/principal.js';
import { Database } from '../platform/database/database.js';
import { DomainError } from '../platform/errors.js';
import { decodeCursor, encodeCursor, pageOf } from '../platform/http/paging.js';
import { ExclusionDto, PeerPage, PeersQuery, PeerView } from './contract.js';
import { availabilityOf } from './domain/peer.js';
import { EXCLUDE, ExclusionsService } from './exclusions.service.js';
import type { PeerRow } from './peer.store.js';
import { PeersService } from './peers.service.js';

@ApiTags('peers')
@Controller('peers')
export class PeersController {
  constructor(
    private readonly db: Database,
    private readonly peers: PeersService,
    private readonly exclusions: ExclusionsService,
  ) {}

  @Get()
  @Action('peer.list')
  @ApiOkResponse({ type: PeerPage })
  async list(@Me() me: Principal, @Query() { limit, cursor, status = 'active', search }: PeersQuery): Promise<PeerPage> {
    const [afterPersonId = null] = decodeCursor(cursor, ['uuid']) ?? [];
    const rows = await this.db.read((tx) => this.peers.page(tx, me, { afterPersonId, limit: limit + 1, status, name: search?.trim() || null }));
    return pageOf(rows, limit, peerView, (row) => encodeCursor([row.personId]));
  }

  @Get(':id')
  @Action('peer.read')
  @ApiOkResponse({ type: PeerView })
  async read(@Me() me: Principal, @Param('id') id: string): Promise<PeerView> {
    const row = await this.db.read((tx) => this.peers.find(tx, me, id));
    if (!row) throw new DomainError('not-found');
    return peerView(row);
  }

  /** These two never meet here. Says nothing else, whether it was so before or not. */
  @Post(':id/exclusions')
  @Action(EXCLUDE)
  @Subject(EXCLUDE)
  @NeverReplayed()
  @ApiCreatedResponse({ description: 'Kept as a keyed hash; never listed back', schema: { type: 'object' } })
  async exclude(@Param('id') id: string, @Body() body: ExclusionDto): Promise<object> {
    await this.exclusions.excludeRequester(id, body.requesterKey);
    return {};
  }
}

function peerView(row: PeerRow): PeerView {
  return {
    id: row.personId,
    name: row.name,
    languages: row.languages,
    traits: { population: row.populations, experience: row.experience },
    contactKinds: row.contactKinds,
    area: row.area,
    engagement: row.engagement,
    availability: availabilityOf(row),
    version: row.version,
  };
}
