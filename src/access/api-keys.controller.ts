import { Body, Controller, Delete, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { ApiKeysService } from './api-keys.service.js';
import { CreateApiKeyDto, NewApiKeyView } from './contract.js';
import { Action, Me, NeverReplayed, personOf, type Principal } from './principal.js';

@ApiTags('access')
@Controller('api-keys')
export class ApiKeysController {
  constructor(private readonly keys: ApiKeysService) {}

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
