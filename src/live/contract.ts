import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsUUID } from 'class-validator';

export class FollowQuery {
  @ApiPropertyOptional({ format: 'uuid', description: 'The account the listener believes to be signed in: refused (401) when it is another' }) @IsOptional() @IsUUID() account?: string;
}
