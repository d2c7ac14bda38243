import { z, type ZodType } from 'zod';
import type { RouteTable } from './route.ts';

interface DescribedRoute {
  policy: string;
  body?: ZodType | 'stream';
  query?: ZodType;
}

/**
 * The API as an OpenAPI 3.1 document, from the routes themselves: their paths, who may call them, and the schemas that parse
 * what comes in. What comes out is typed in @weft/api.
 * @see https://spec.openapis.org/oas/v3.1.1
 */
export function openApi(routes: Omit<RouteTable, 'GET /openapi.json'>, version: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, route] of Object.entries(routes)) {
    const [method = '', path = ''] = name.split(' ');
    // The document needs what all routes have in common; their handlers' types do not matter here.
    (paths[path.replaceAll(/:(\w+)/g, '{$1}')] ??= {})[method.toLowerCase()] = operation(name, path, route as DescribedRoute);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Weft', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/api/v1' }],
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'session', description: 'Set by POST /session.' } },
      schemas: { Problem: problem },
    },
  };
}

function operation(name: string, path: string, { policy, body, query }: DescribedRoute) {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, id]) => ({ name: id, in: 'path', required: true, schema: { type: 'string' } }));
  return {
    operationId: name.replaceAll(/[^A-Za-z]+(\w?)/g, (_gap, next: string) => next.toUpperCase()),
    ...(policy !== 'public' && { security: [{ session: [] }] }),
    'x-policy': policy,
    parameters: [...inPath, ...queryParameters(query)],
    ...(body !== undefined && { requestBody: { required: true, content: contentOf(body) } }),
    responses: {
      '2XX': { description: 'Done.' },
      '4XX': { description: 'Refused, with a sentence.', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
    },
  };
}

function contentOf(body: ZodType | 'stream') {
  return body === 'stream' ? { 'application/octet-stream': {} } : { 'application/json': { schema: schemaOf(body) } };
}

function queryParameters(query: ZodType | undefined) {
  const { properties = {}, required = [] } = query === undefined ? {} : schemaOf(query);
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: required.includes(name), schema }));
}

/** Values that are checked by code (a document, a network) are described as anything. */
function schemaOf(schema: ZodType): { properties?: Record<string, unknown>; required?: string[] } {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  // Params, queries and bodies are objects, of whose schema zod's type says less.
  return rest as { properties?: Record<string, unknown>; required?: string[] };
}

const problem = {
  type: 'object',
  description: 'RFC 9457, with a stable code.',
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'Stable, for programs.' },
    detail: { type: 'string', description: 'A sentence for the person.' },
    issues: {
      type: 'array',
      items: { type: 'object', properties: { path: { type: 'array', items: { type: 'string' } }, message: { type: 'string' } }, required: ['path', 'message'] },
    },
  },
  required: ['type', 'title', 'status', 'code', 'detail'],
};
