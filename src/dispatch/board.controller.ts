import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Action, Me, personOf, type Principal } from '../access/principal.js';
import { Database } from '../platform/database/database.js';
import { BoardService } from './board.service.js';
import { BoardQuery } from './board.contract.js';
import { BoardView } from './contract.js';

@ApiTags('board')
@Controller('board')
export class BoardController {
  constructor(
    private readonly db: Database,
    private readonly boards: BoardService,
  ) {}

  /** Everything open in the caller's programmes, who is on duty, cover, alarms and degraded parts. */
  @Get()
  @Action('board.read')
  @ApiOkResponse({ type: BoardView })
  read(@Me() me: Principal, @Query() { limit }: BoardQuery): Promise<BoardView> {
    return this.db.read((tx) => this.boards.board(tx, personOf(me), limit));
  }
}
