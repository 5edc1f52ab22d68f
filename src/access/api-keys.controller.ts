import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { decodeCursor, encodeCursor, PageQuery, pageOf } from '../platform/http/paging.js';
import { ApiKeysService } from './api-keys.service.js';
import { ApiKeyList, CreateApiKeyDto, NewApiKeyView, type ApiKeyView } from './contract.js';
import type { ApiKeySeen } from './api-key.store.js';
import { Action, Me, NeverReplayed, personOf, type Principal } from './principal.js';

@ApiTags('access')
@Controller('api-keys')
export class ApiKeysController {
  constructor(private readonly keys: ApiKeysService) {}

  @Get()
  @Action('api-key.list')
  @ApiOkResponse({ type: ApiKeyList })
  async list(@Query() { limit, cursor }: PageQuery): Promise<ApiKeyList> {
    const [beforeId = null] = decodeCursor(cursor, ['uuid']) ?? [];
    return pageOf(await this.keys.page(beforeId, limit + 1), limit, apiKeyView, (key) => encodeCursor([key.id]));
  }

  @Post()
  @Action('api-key.create')
  @NeverReplayed()
  @ApiCreatedResponse({ type: NewApiKeyView })
  create(@Me() principal: Principal, @Body() body: CreateApiKeyDto): Promise<NewApiKeyView> {
    return this.keys.create(personOf(principal), body.name, body.scopes);
  }

  @Delete(':id')
  @Action('api-key.revoke')
  @HttpCode(204)
  @ApiNoContentResponse()
  revoke(@Me() principal: Principal, @Param('id') id: string): Promise<void> {
    return this.keys.revoke(personOf(principal), id);
  }
}

function apiKeyView({ id, name, scopes, createdBy, createdAt, revokedAt }: ApiKeySeen): ApiKeyView {
  return { id, name, scopes, createdBy, createdAt: createdAt.toISOString(), revokedAt: revokedAt?.toISOString() ?? null };
}
