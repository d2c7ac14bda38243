import type { Attack } from '../control.ts';

/** What calls Weft: strangers, other sites, webhooks, pages. */
export const doors: readonly Attack[] = [
  {
    id: '7',
    tried: 'Private routes in other spellings, with `?/webhooks/trigger`, ending in health or .svg',
    controls: [
      {
        holds: 'who is not signed in gets no answer of a private route',
        file: 'apps/server/src/http/app.ts',
        off: 'if (!actor) throw signInFirst();',
        instead: '',
        tests: ['apps/server/src/http/app.test.ts', 'apps/server/src/http/foreign-ids.test.ts'],
      },
      {
        holds: 'what could be taken for the API is never a page',
        file: 'apps/server/src/http/app.ts',
        off: 'decoded = decodeURIComponent(path);',
        instead: '',
        tests: ['apps/server/src/http/app.test.ts'],
      },
      {
        holds: 'an unknown address of the API tells a stranger nothing',
        file: 'apps/server/src/http/app.ts',
        off: 'if (!(await parts.identify(c.req.raw, new Headers()))) throw signInFirst();',
        instead: '',
        tests: ['apps/server/src/http/app.test.ts'],
      },
    ],
  },
  {
    id: '8',
    tried: "Requests that another site's page sends; another scheme; CORS",
    controls: [
      {
        holds: 'a change from a foreign origin is refused',
        file: 'apps/server/src/http/same-origin.ts',
        off: "if (!own.isOwnOrigin(origin, request.headers.get('host'))) throw refused;",
        instead: '',
        tests: ['apps/server/src/http/app.test.ts'],
      },
      {
        holds: 'a change that a browser calls cross-site is refused',
        file: 'apps/server/src/http/same-origin.ts',
        off: "if (site !== 'same-origin' && site !== 'none') throw refused;",
        instead: '',
        tests: ['apps/server/src/http/app.test.ts'],
      },
      {
        holds: 'no form can be posted',
        file: 'apps/server/src/http/same-origin.ts',
        off: "} else if (request.method === 'POST' && !isJson(request)) {",
        instead: '} else if (false) {',
        tests: ['apps/server/src/http/app.test.ts'],
      },
    ],
  },
  {
    id: '9',
    tried: "One's own profile with a role and a workspace; signing up",
    controls: [
      {
        holds: 'nobody claims an installation without its token',
        file: 'apps/server/src/identity/identity.ts',
        off: 'if (!setUpToken.matches(token)) {',
        instead: 'if (false) {',
        tests: ['apps/server/src/http/me.test.ts'],
      },
      {
        holds: 'fields that nobody asked for are refused',
        file: 'apps/server/src/http/me.ts',
        off: 'body: z.strictObject({ name }),',
        instead: 'body: z.object({ name }),',
        tests: ['apps/server/src/http/app.test.ts'],
      },
    ],
  },
  {
    id: '10',
    tried: 'Every route with ids of another workspace',
    controls: [
      {
        holds: 'who is no member of a workspace finds nothing there',
        file: 'apps/server/src/http/app.ts',
        off: "if (!workspace) throw notFound('This workspace');",
        instead: "if (!workspace) { context['workspace'] = { id: params['workspace'], role: 'owner' }; }",
        tests: ['apps/server/src/http/foreign-ids.test.ts'],
      },
      {
        holds: 'a role without the permission is refused',
        file: 'apps/server/src/http/app.ts',
        off: 'if (!allows(workspace.role, route.policy)) {',
        instead: 'if (false) {',
        tests: ['apps/server/src/http/roles.test.ts'],
      },
      {
        holds: 'what only the owner of the installation may do is refused to others',
        file: 'apps/server/src/http/app.ts',
        off: 'if (!actor.administrator) throw',
        instead: 'if (false) throw',
        tests: ['apps/server/src/http/me.test.ts', 'apps/server/src/http/maintenance.test.ts', 'apps/server/src/http/installation.test.ts'],
      },
      {
        holds: 'a connection is found in its own workspace',
        file: 'apps/server/src/stores/connections/connection-store.ts',
        off: 'and(eq(connections.workspaceId, workspaceId), eq(connections.id, connectionId))',
        instead: 'eq(connections.id, connectionId)',
        tests: ['apps/server/src/http/foreign-ids.test.ts'],
      },
    ],
  },
  {
    id: '14',
    tried: 'Calls without a signature, with a wrong one, one of another length, an old one, and the same twice',
    controls: [
      {
        holds: 'a call without a signature is refused',
        file: 'apps/server/src/triggers/webhook/call-check.ts',
        off: 'if (given === undefined) throw unsigned(form.header);',
        instead: 'if (given === undefined) return undefined;',
        tests: ['apps/server/src/triggers/webhook/signed.test.ts'],
      },
      {
        holds: 'a signature that does not fit is refused',
        file: 'apps/server/src/triggers/webhook/call-check.ts',
        off: 'if (fitting.length === 0) {',
        instead: 'if (false) {',
        tests: ['apps/server/src/triggers/webhook/signed.test.ts'],
      },
      {
        holds: 'a signature of another length is no error',
        file: 'apps/server/src/triggers/webhook/call-check.ts',
        off: 'return given.length === expected.length && timingSafeEqual(given, expected);',
        instead: 'return timingSafeEqual(given, expected);',
        tests: ['apps/server/src/triggers/webhook/signed.test.ts'],
      },
      {
        holds: 'a call that is older than five minutes is refused',
        file: 'apps/server/src/triggers/webhook/call-check.ts',
        off: 'if (timestamp !== undefined) checkAge(timestamp, now);',
        instead: '',
        tests: ['apps/server/src/triggers/webhook/signed.test.ts'],
      },
      {
        holds: 'a wrong token is refused',
        file: 'apps/server/src/triggers/webhook/call-check.ts',
        off: 'if (!timingSafeEqual(digest(given), expected)) throw',
        instead: 'if (false) throw',
        tests: ['apps/server/src/triggers/webhook/signed.test.ts', 'apps/server/src/triggers/webhook/webhook.test.ts'],
      },
      {
        holds: 'an event that is sent again starts no run',
        file: 'apps/server/src/substrate/sqlite/earlier-runs.ts',
        off: 'return statements.runOfEvent.get(flowId, eventId, now() - eventMemoryMs)?.run_id;',
        instead: 'return undefined;',
        tests: ['apps/server/src/triggers/webhook/signed.test.ts', 'apps/server/src/retention/retention.test.ts'],
      },
    ],
  },
  {
    id: '15',
    tried: 'Bodies in pieces without a length, with a wrong one, and compressed bombs',
    controls: [
      {
        holds: 'a body of the API is read up to its limit, whatever it says of its length',
        file: 'apps/server/src/http/body.ts',
        off: 'if (body.length + piece.length > limitBytes) throw tooLarge();',
        instead: '',
        tests: ['apps/server/src/http/app.test.ts', 'apps/server/src/http/body.test.ts'],
      },
      {
        holds: 'a compressed body of the API is refused before it is unpacked',
        file: 'apps/server/src/http/body.ts',
        off: "if (encoding && encoding !== 'identity') {",
        instead: 'if (false) {',
        tests: ['apps/server/src/http/app.test.ts'],
      },
      {
        holds: 'what is unpacked takes no more than the limit',
        file: 'packages/egress/src/codings.ts',
        off: 'unpacked = await decode(unpacked, { maxOutputLength: maxBytes });',
        instead: 'unpacked = await decode(unpacked, { maxOutputLength: 1e9 });',
        tests: ['packages/egress/src/http-client.test.ts', 'apps/server/src/triggers/webhook/bodies.test.ts'],
      },
    ],
  },
  {
    id: '16',
    tried: 'A flow that answers HTML or SVG, sets cookies or a policy of its own',
    controls: [
      {
        holds: 'what a flow answers is inert in a browser',
        file: 'apps/server/src/triggers/webhook/outgoing-answer.ts',
        off: "headers['content-security-policy'] = sandbox;",
        instead: '',
        tests: ['apps/server/src/triggers/webhook/webhook.test.ts'],
      },
      {
        holds: 'the type of an answer is what it says',
        file: 'apps/server/src/triggers/webhook/outgoing-answer.ts',
        off: "headers['x-content-type-options'] = 'nosniff';",
        instead: '',
        tests: ['apps/server/src/triggers/webhook/webhook.test.ts'],
      },
      {
        holds: 'headers that speak for the whole origin are left out',
        file: 'apps/server/src/triggers/webhook/outgoing-answer.ts',
        off: "if (value !== undefined && verdictOn(key) === 'sent' &&",
        instead: 'if (value !== undefined &&',
        tests: ['apps/server/src/triggers/webhook/webhook.test.ts'],
      },
    ],
  },
  {
    id: '23',
    tried: 'Scripts in names, notes, icons and texts, in a real browser',
    controls: [
      {
        holds: 'a page runs our own scripts only',
        file: 'apps/server/src/http/security-headers.ts',
        off: `"script-src 'self'",`,
        instead: `"script-src 'self' 'unsafe-inline'",`,
        tests: ['apps/server/src/http/app.test.ts'],
      },
      {
        holds: 'no other site shows our pages inside its own',
        file: 'apps/server/src/http/security-headers.ts',
        off: `"frame-ancestors 'none'",`,
        instead: '',
        tests: ['apps/server/src/http/app.test.ts'],
      },
      {
        holds: 'an uploaded file is downloaded and never shown as a page',
        file: 'apps/server/src/http/files.ts',
        off: "'content-disposition': attachment(shortName),",
        instead: '',
        tests: ['apps/server/src/http/files.test.ts'],
      },
    ],
  },
  {
    id: '24',
    tried: 'Ids that climb, with `..%2f`, and column names with SQL',
    controls: [
      {
        holds: 'what is no id is refused before anything looks for it',
        file: 'apps/server/src/http/app.ts',
        off: 'if (!free.includes(name) && !idPattern.test(value)) throw',
        instead: 'if (false) throw',
        tests: ['apps/server/src/http/foreign-ids.test.ts'],
      },
      {
        holds: 'a query has the names that its route knows and no others',
        file: 'apps/server/src/http/flows.ts',
        off: "query: z.strictObject({ samples: z.enum(['true', 'false'])",
        instead: 'query: z.object({ samples: z.string()',
        tests: ['apps/server/src/http/flows.test.ts'],
      },
    ],
  },
];
