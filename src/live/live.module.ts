import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { LiveController } from './live.controller.js';
import { LiveService } from './live.service.js';
import { LiveStore } from './live.store.js';

/** Tells open pages that something changed. Nobody depends on it. */
@Module({ imports: [AccessModule], controllers: [LiveController], providers: [LiveService, LiveStore] })
export class LiveModule {}
