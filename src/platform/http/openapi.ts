import { Injectable } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { ERRORS, type ErrorCode } from '../errors.js';
import { PROBLEM_TYPE } from './problem.js';
import { X } from './route.js';
import { API_BASE } from './server.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']> & Record<string, unknown>;
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
type Method = (typeof METHODS)[number];

/** The description of the whole API, made when somebody first asks. */
@Injectable()
export class ApiDescription {
  private make: (() => OpenAPIObject) | null = null;
  private made: OpenAPIObject | null = null;

  describe(app: NestFastifyApplication): void {
    this.make = () => describeApi(app);
  }

  get document(): OpenAPIObject {
    if (!this.make) throw new Error('nobody said which application to describe');
    this.made ??= this.make();
    return this.made;
  }
}

function describeApi(app: NestFastifyApplication): OpenAPIObject {
  const head = new DocumentBuilder()
    .setTitle('Peer Dispatch')
    .setDescription(
      'Matches crisis requests to available, trained peer advocates. Refusals are problem+json (RFC 9457) with a stable `code`. ' +
        'A browser signs in with a cookie, a machine sends `Authorization: Bearer`.',
    )
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .addCookieAuth('pd_session', { type: 'apiKey', in: 'cookie' }, 'session')
    .addBearerAuth({ type: 'http', scheme: 'bearer' }, 'apiKey')
    .build();
  const document = SwaggerModule.createDocument(app, head);
  document.components = { ...document.components, schemas: { ...document.components?.schemas, Problem: PROBLEM_SCHEMA } };
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method] as Operation | undefined;
      if (operation) complete(operation, path, method);
    }
  }
  return document;
}

const PROBLEM_SCHEMA = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code'],
  properties: {
    type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, detail: { type: 'string' }, instance: { type: 'string' },
    code: { type: 'string', enum: Object.keys(ERRORS), description: 'Stable; switch on this' },
    errors: {
      type: 'array',
      items: {
        type: 'object', required: ['field', 'code', 'message'],
        properties: { field: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};

/** Adds what every route shares: who may call it, the Idempotency-Key, and the refusals with their codes. */
function complete(operation: Operation, path: string, method: Method): void {
  const open = operation[X.public] === true;
  operation.security = open ? [] : [{ session: [] }, { apiKey: [] }];
  if (keepsAnswers(operation, path, method)) {
    (operation.parameters ??= []).push({
      name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', minLength: 1, maxLength: 200 },
      description: 'Equal calls with the same key within 24 hours are carried out once',
    });
  }
  if (versioned(operation, method)) {
    (operation.parameters ??= []).push({
      name: 'If-Match', in: 'header', required: true, schema: { type: 'string' }, description: 'The `version` you hold, as in `"3"`',
    });
  }
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of refusalsOf(operation, path, method)) byStatus.set(ERRORS[code][0], [...(byStatus.get(ERRORS[code][0]) ?? []), code]);
  for (const [status, codes] of byStatus) operation.responses[String(status)] = problemResponse(codes);
}

function keepsAnswers(operation: Operation, path: string, method: Method): boolean {
  return method === 'post' && path.startsWith(API_BASE) && operation[X.neverReplayed] !== true;
}

function versioned(operation: Operation, method: Method): boolean {
  return method === 'patch' || operation[X.versioned] === true;
}

function refusalsOf(operation: Operation, path: string, method: Method): Set<ErrorCode> {
  const codes = new Set<ErrorCode>(['internal']);
  if (path.startsWith(API_BASE)) codes.add('unavailable');
  if (operation[X.public] !== true) for (const code of ['not-signed-in', 'not-allowed'] as const) codes.add(code);
  if (operation[X.shutAfterReset] === true) codes.add('shut-after-reset');
  if (path.includes('{')) codes.add('not-found');
  if (method !== 'get') {
    for (const code of ['bad-request', 'malformed-json', 'origin-not-allowed', 'too-large', 'unsupported-media-type', 'invalid', 'unknown-field'] as const) {
      codes.add(code);
    }
  } else if (operation.parameters?.some((parameter) => 'in' in parameter && parameter.in === 'query')) {
    for (const code of ['invalid', 'unknown-field'] as const) codes.add(code);
  }
  if (keepsAnswers(operation, path, method)) {
    for (const code of ['idempotency-key-reused', 'idempotency-in-progress'] as const) codes.add(code);
  }
  if (versioned(operation, method)) for (const code of ['version-required', 'stale-version'] as const) codes.add(code);
  for (const code of (operation[X.refusals] ?? []) as ErrorCode[]) codes.add(code);
  return codes;
}

function problemResponse(codes: readonly ErrorCode[]): Operation['responses'][string] {
  return {
    description: codes.map((code) => `\`${code}\`: ${ERRORS[code][1]}`).join('. '),
    content: {
      [PROBLEM_TYPE]: {
        schema: { allOf: [{ $ref: '#/components/schemas/Problem' }, { type: 'object', properties: { code: { type: 'string', enum: [...codes] } } }] },
      },
    },
  };
}
