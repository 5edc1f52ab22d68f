import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Controller, Get, Header, Param, Res } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiOkResponse, ApiTags, type OpenAPIObject } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DomainError } from '../errors.js';
import { ApiDescription } from './openapi.js';
import { Action, OpenInDemo, Public } from './route.js';

// The viewer comes with @nestjs/swagger, in the version it was tested with.
const near = createRequire(createRequire(import.meta.url).resolve('@nestjs/swagger'));
const VIEWER = dirname(near.resolve('swagger-ui-dist/package.json'));
const FILES: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
};
// No inline script: the content security policy of every page holds here too.
const PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Peer Dispatch API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css"><link rel="icon" href="/docs/favicon-32x32.png"></head>
<body><div id="viewer"></div><script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body>
</html>
`;
const START = `window.ui = SwaggerUIBundle({ url: '/openapi.json', dom_id: '#viewer', deepLinking: true });\n`;

/** `/openapi.json` for machines and `/docs` for people. */
@ApiTags('operations')
@Controller()
export class DocsController {
  constructor(private readonly description: ApiDescription) {}

  @Get('openapi.json')
  @Public()
  @ApiOkResponse({ description: 'OpenAPI 3.1', content: { 'application/json': { schema: { type: 'object' } } } })
  document(): OpenAPIObject {
    return this.description.document;
  }

  @Get('docs')
  @Action('docs.read')
  @OpenInDemo()
  @Header('content-type', 'text/html; charset=utf-8')
  @ApiOkResponse({ description: 'This description, to read', content: { 'text/html': { schema: { type: 'string' } } } })
  page(): string {
    return PAGE;
  }

  @Get('docs/:file')
  @Action('docs.read')
  @OpenInDemo()
  @ApiExcludeEndpoint()
  async file(@Param('file') file: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<string | Buffer> {
    if (file === 'start.js') {
      void reply.header('content-type', 'text/javascript; charset=utf-8');
      return START;
    }
    const type = Object.hasOwn(FILES, file) ? FILES[file] : undefined;
    if (type === undefined) throw new DomainError('not-found');
    void reply.header('content-type', type);
    return readFile(join(VIEWER, file));
  }
}
