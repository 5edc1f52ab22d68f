import type { OpenAPIObject } from '@nestjs/swagger';
import type { Answer, Api } from './http-api.js';

type Schema = Record<string, unknown>;
interface Parameter {
  readonly in: string;
  readonly name: string;
  readonly schema?: Schema;
}
interface Operation {
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> };
  readonly parameters?: readonly Parameter[];
}

export interface WalkedRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As the description names it. */
  readonly template: string;
  readonly path: string;
  readonly body: unknown;
  /** Every documented query parameter with each valid value there is of it, one at a time: `state=closed`. */
  readonly queries: readonly string[];
}

/** What exists in the world that is walked through. */
interface WalkIds {
  /** What may stand at each id of a path, by the path up to it: `peers/{id}`. One that is missing here fails the walk. */
  readonly inPath: Readonly<Record<string, readonly string[]>>;
  /** Of fields in a query or a body. */
  readonly byName: Readonly<Record<string, string>>;
  /** The id of nothing there is. */
  readonly nothing: string;
}

const BASE = '/api/v1/';
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
/** They do not end, or end the walk. */
const NOT_WALKED = new Set(['GET /api/v1/events', 'DELETE /api/v1/sessions/current']);
/** Not for the likes of them, whatever there is to see: they need not ask twice. */
const NOT_THEIRS = [401, 403];

/** Every route of the API's own description, with ids that exist and a body its schema asks for: a new route is in by itself. */
export function routesOf(document: OpenAPIObject, ids: WalkIds): WalkedRoute[] {
  const schemas = (document.components?.schemas ?? {}) as Record<string, Schema>;
  return Object.entries(document.paths).flatMap(([template, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method] as Operation | undefined;
      const upper = method.toUpperCase() as WalkedRoute['method'];
      if (!operation || NOT_WALKED.has(`${upper} ${template}`)) return [];
      const schema = operation.requestBody?.content?.['application/json']?.schema;
      const body = schema ? example(schema, schemas, ids, '') : undefined;
      const asked = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query' && parameter.name !== 'cursor');
      const queries = asked.flatMap(({ name, schema: of = {} }) => valuesOf(name, of, ids).map((value) => `${name}=${encodeURIComponent(value)}`));
      return filled(template, ids).map((path) => ({ method: upper, template, path, body, queries }));
    }),
  );
}

/** Goes through the routes as one viewer after the other, and writes down all that is told. */
export class Walk {
  readonly told: string[] = [];
  /** Statuses by route, and by route and query parameter: `GET /api/v1/peers?status`. */
  readonly statuses = new Map<string, Set<number>>();

  private readonly refused = new Set<string>();

  constructor(private readonly viewers: readonly (readonly [string, Api])[]) {}

  /** Every route as it stands, with each of its query parameters, and one page on where there is one. Looking again: what is theirs to ask. */
  async look(routes: readonly WalkedRoute[]): Promise<void> {
    for (const [name, viewer] of this.viewers) {
      for (const route of routes) {
        const here = `${name} ${route.path}`;
        if (this.refused.has(here)) continue;
        const { status } = await this.ask(name, viewer, route);
        if (NOT_THEIRS.includes(status)) this.refused.add(here);
        if (status === 404 || this.refused.has(here)) continue;
        for (const query of route.queries) {
          const { body } = await this.ask(name, viewer, route, query);
          if (query === 'limit=1' && typeof body.nextCursor === 'string') await this.ask(name, viewer, route, `cursor=${body.nextCursor}`);
        }
      }
    }
  }

  async act(routes: readonly WalkedRoute[]): Promise<void> {
    for (const [name, viewer] of this.viewers) for (const route of routes) await this.ask(name, viewer, route, route.queries[0]);
  }

  /** The answer is all of it: status, headers less Date, body. How long the figures are depends on what they measure. */
  private async ask(name: string, viewer: Api, { method, template, path, body }: WalkedRoute, query?: string): Promise<Answer> {
    const headers = { 'accept-encoding': 'identity', ...(method === 'GET' || method === 'POST' ? {} : { 'if-match': '"1"' }) };
    const asked = query === undefined ? path : `${path}?${query}`;
    const answer = await viewer.call(method, `/${asked}`, { body: method === 'GET' ? undefined : body, headers });
    const leftOut = template === '/metrics' ? ['date', 'content-length'] : ['date'];
    const told = [...answer.headers].filter(([header]) => !leftOut.includes(header)).map(([header, value]) => `${header}: ${value}`);
    this.told.push(`${name}: ${method} ${asked} → ${answer.status} ${told.join(' | ')}\n${template === '/metrics' ? figures(answer.text) : answer.text}`);
    const route = `${method} ${template}`;
    for (const key of query === undefined ? [route] : [route, `${route}?${query.split('=', 1)[0]}`]) {
      this.statuses.set(key, (this.statuses.get(key) ?? new Set()).add(answer.status));
    }
    return answer;
  }
}

/** The product's own figures, less how long things took: no two runs take the same time. */
function figures(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/^(# )?(HELP |TYPE )?(process_|nodejs_)/.test(line) && !/(_bucket|_sum)[{ ]/.test(line))
    .join('\n');
}

function filled(template: string, { inPath }: WalkIds): string[] {
  let [paths, upTo] = [[''], ''];
  for (const segment of template.split('/').slice(1)) {
    upTo += `/${segment}`;
    const known = segment.startsWith('{') ? inPath[upTo.replace(BASE, '')] : [segment];
    if (!known || known.length === 0) throw new Error(`nothing in this world stands at ${upTo}`);
    paths = paths.flatMap((path) => known.map((each) => `${path}/${each}`));
  }
  return paths;
}

function valuesOf(name: string, schema: Schema, { byName }: WalkIds): string[] {
  if (Array.isArray(schema.enum)) return schema.enum.map(String);
  if (schema.type === 'number' || schema.type === 'boolean') return [String(schema.minimum ?? schema.default)];
  const value = byName[name];
  if (value === undefined) throw new Error(`nothing in this world is a valid ${name}`);
  return [value];
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
      if (schema.format === 'uuid') return ids.byName[name] ?? ids.nothing;
      return schema.format === 'date-time' ? '2026-03-03T18:00:00Z' : 'en';
  }
}
