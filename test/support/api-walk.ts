import type { OpenAPIObject } from '@nestjs/swagger';
import type { Api } from './http-api.js';

type Schema = Record<string, unknown>;
export interface WalkedRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body: unknown;
}

/** Ids that stand in a path or a body, by the word before them: what is not named is nothing. */
export interface WalkIds {
  readonly nothing: string;
  readonly byWord: Readonly<Record<string, string>>;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
/** They do not end, or end the walk. */
const NOT_WALKED = new Set(['GET /api/v1/events', 'DELETE /api/v1/sessions/current']);

/** Every route of the API's own description, with a body its schema asks for: a new route is in by itself. */
export function routesOf(document: OpenAPIObject, ids: WalkIds): WalkedRoute[] {
  const schemas = (document.components?.schemas ?? {}) as Record<string, Schema>;
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method] as { requestBody?: { content?: Record<string, { schema?: Schema }> } } | undefined;
      const upper = method.toUpperCase() as WalkedRoute['method'];
      if (!operation || NOT_WALKED.has(`${upper} ${path}`)) return [];
      const schema = operation.requestBody?.content?.['application/json']?.schema;
      return [{ method: upper, path: filled(path, ids), body: schema ? example(schema, schemas, ids, '') : undefined }];
    }),
  );
}

/** What the answer is, all of it: status, headers less Date, body. How long the figures are depends on what they measure. */
export async function answerTo(viewer: Api, route: WalkedRoute): Promise<string> {
  const headers = { 'accept-encoding': 'identity', ...(route.method === 'GET' || route.method === 'POST' ? {} : { 'if-match': '"1"' }) };
  const answer = await viewer.call(route.method, `/${route.path}`, { body: route.method === 'GET' ? undefined : route.body, headers });
  const measured = route.path === '/metrics' ? ['date', 'content-length'] : ['date'];
  const told = [...answer.headers].filter(([name]) => !measured.includes(name)).map(([name, value]) => `${name}: ${value}`);
  return `${answer.status} ${told.join(' | ')}\n${route.path === '/metrics' ? figures(answer.text) : answer.text}`;
}

/** The product's own figures, less how long things took: no two runs take the same time. */
function figures(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/^(# )?(HELP |TYPE )?(process_|nodejs_)/.test(line) && !/(_bucket|_sum)[{ ]/.test(line))
    .join('\n');
}

function filled(path: string, { nothing, byWord }: WalkIds): string {
  return path.replace(/([a-z-]+)\/\{(\w+)\}/g, (_, word: string, name: string) => `${word}/${byWord[name] ?? byWord[word] ?? nothing}`).replace(/\{\w+\}/g, nothing);
}

function example(schema: Schema, schemas: Readonly<Record<string, Schema>>, ids: WalkIds, name: string): unknown {
  const ref = schema.$ref ?? (schema.allOf as Schema[] | undefined)?.[0]?.$ref;
  if (typeof ref === 'string') return example(schemas[ref.split('/').at(-1) ?? ''] ?? {}, schemas, ids, name);
  if (Array.isArray(schema.enum)) return schema.enum[0];
  const type = Array.isArray(schema.type) ? (schema.type as string[])[0] : schema.type;
  switch (type) {
    case 'object': {
      const properties = (schema.properties ?? {}) as Record<string, Schema>;
      return Object.fromEntries(((schema.required ?? []) as string[]).map((each) => [each, example(properties[each] ?? {}, schemas, ids, each)]));
    }
    case 'array':
      return [example((schema.items ?? {}) as Schema, schemas, ids, name)];
    case 'number':
    case 'integer':
      return schema.minimum ?? 1;
    case 'boolean':
      return false;
    default:
      if (schema.format === 'uuid') return ids.byWord[name] ?? ids.nothing;
      return schema.format === 'date-time' ? '2026-03-03T18:00:00Z' : 'en';
  }
}
