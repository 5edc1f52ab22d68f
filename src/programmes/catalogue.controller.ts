import { Body, Controller, Get, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Action, Me, personOf, Refuses, Subject, type Principal } from '../access/principal.js';
import { DomainError } from '../platform/errors.js';
import { VersionHeld } from '../platform/http/if-match.js';
import { CatalogueEntryList, CatalogueEntryView, ChangeEntryDto, EntriesQuery, NewEntryDto, OrderDto } from './catalogue.contract.js';
import { CatalogueKeeping, ENTRY, SHELF } from './catalogue-keeping.service.js';
import type { CatalogueEntry } from './catalogue.store.js';
import { isNeeded } from './domain/catalogue.js';
import type { CatalogueKind } from './domain/programme.js';
import { kindOn, shelfOf, SHELVES } from './domain/shelves.js';

@ApiTags('programmes')
@Controller('catalogue/entries')
export class CatalogueController {
  constructor(private readonly catalogue: CatalogueKeeping) {}

  /** With the retired ones, so that what they were chosen for can still be read. */
  @Get()
  @Action('catalogue.read')
  @ApiOkResponse({ type: CatalogueEntryList })
  async list(@Query() { kind }: EntriesQuery): Promise<CatalogueEntryList> {
    return { items: (await this.catalogue.entries(kind ? SHELVES[kind] : null)).map(entryView) };
  }

  @Post()
  @Action('catalogue.add')
  @ApiCreatedResponse({ type: CatalogueEntryView })
  async add(@Me() me: Principal, @Body() { kind, code, label, credentialClass, grave }: NewEntryDto): Promise<CatalogueEntryView> {
    const entry = { kind: SHELVES[kind], label: trimmed(label), code: code ?? null, credentialClass: credentialClass ?? null, grave: grave ?? false };
    return entryView(await this.catalogue.add(personOf(me), entry));
  }

  @Patch(':kind/:code')
  @Action('catalogue.change')
  @Subject(ENTRY)
  @Refuses('catalogue-item-needed')
  @ApiOkResponse({ type: CatalogueEntryView })
  async change(
    @Me() me: Principal, @Param('kind') kind: string, @Param('code') code: string, @VersionHeld() held: number, @Body() { label, grave, active }: ChangeEntryDto,
  ): Promise<CatalogueEntryView> {
    const change = { ...(label && { label: trimmed(label) }), ...(typeof grave === 'boolean' && { grave }), ...(typeof active === 'boolean' && { active }) };
    return entryView(await this.catalogue.change(personOf(me), { kind: kindOf(kind), code }, held, change));
  }

  @Put(':kind/order')
  @Action('catalogue.change')
  @Subject(SHELF)
  @ApiOkResponse({ type: CatalogueEntryList })
  async reorder(@Me() me: Principal, @Param('kind') kind: string, @Body() { codes }: OrderDto): Promise<CatalogueEntryList> {
    return { items: (await this.catalogue.reorder(personOf(me), kindOf(kind), codes)).map(entryView) };
  }
}

function kindOf(shelf: string): CatalogueKind {
  const kind = kindOn(shelf);
  if (!kind) throw new DomainError('not-found');
  return kind;
}

const trimmed = ({ en, es }: { en: string; es: string }): { en: string; es: string } => ({ en: en.trim(), es: es.trim() });

function entryView({ kind, code, label, credentialClass, grave, active, version }: CatalogueEntry): CatalogueEntryView {
  const entry = { kind: shelfOf(kind), code, label: { ...label }, active, needed: isNeeded(kind, code), version };
  if (credentialClass) return { ...entry, credentialClass };
  return kind === 'reason' ? { ...entry, grave } : entry;
}
