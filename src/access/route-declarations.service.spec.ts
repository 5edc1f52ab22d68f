import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { Controller, Delete, Get, Module, Post, type Type } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { AccessService } from './access.service.js';
import { Action, Public, Subject } from './principal.js';
import { RouteDeclarationsService } from './route-declarations.service.js';

@Controller()
class Forgotten {
  @Get('forgotten')
  read(): string {
    return 'to everybody?';
  }
}

@Controller()
class Misspelt {
  @Post('misspelt')
  @Action('request.recieve')
  receive(): string {
    return 'by nobody';
  }
}

@Controller()
class Undecided {
  @Delete('undecided')
  @Public()
  @Action('session.end')
  end(): string {
    return 'by anybody, or by whom?';
  }
}

@Controller()
class Orphaned {
  @Get('orphaned/:id')
  @Action('me.read')
  @Subject('unicorn')
  read(): string {
    return 'to whom?';
  }
}

async function bootWith(controller: Type): Promise<string> {
  @Module({ imports: [DiscoveryModule], controllers: [controller], providers: [AccessService, RouteDeclarationsService] })
  class Planted {}
  const boot = NestFactory.createApplicationContext(Planted, { abortOnError: false, logger: false });
  return boot.then(() => 'booted', (error: unknown) => String(error));
}

describe('the boot', () => {
  it.each<[string, Type, string]>([
    ['a route that names no action', Forgotten, 'Forgotten.read names no action'],
    ['an action roles.json does not know', Misspelt, 'Misspelt.receive names request.recieve, which nobody may do'],
    ['a public route that names an action', Undecided, 'Undecided.end is public and names an action'],
    ['a subject nobody loads', Orphaned, 'Orphaned.read names the subject unicorn, which nobody loads'],
    ['an action no route carries out', Orphaned, 'no route carries out request.receive'],
  ])('fails for %s', async (_, controller, fault) => expect(await bootWith(controller)).toContain(fault));
});
