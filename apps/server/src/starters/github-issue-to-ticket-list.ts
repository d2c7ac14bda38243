import { createRequire } from 'node:module';
import { inferSchema, type Json, type JsonObject } from '@weft/json-schema';
import type { FlowDocument } from '@weft/flow';
import type { Starter } from './starter.ts';

/** Webhook → branch on label → insert into a SQL table → respond. Its sample is a payload that GitHub really sent. */
export const githubIssueToTicketList: Starter = {
  id: 'github-issue-to-ticket-list',
  title: 'GitHub issue to ticket list',
  description: 'When an issue is opened on GitHub and has the label "bug", it becomes a row of your ticket list.',
  connectors: ['webhook', 'sql'],
  async create({ provideConnection }) {
    const connection = await provideConnection({ title: 'Ticket list', connector: 'sql', scheme: 'sqlite', config: { file: 'tickets.sqlite' } });
    return flow(connection, webhookCall(openedIssue()));
  },
};

interface Example {
  name: string;
  examples: (JsonObject & { action?: string; issue?: { labels?: { name: string }[] } })[];
}

/** Read when the starter is used: the file is large and nothing else needs it. */
function openedIssue(): Json {
  // The package's own types describe every event of GitHub; four fields are read here.
  const examples = createRequire(import.meta.url)('@octokit/webhooks-examples') as Example[];
  const issues = examples.find(({ name }) => name === 'issues');
  const opened = issues?.examples.find(({ action, issue }) => action === 'opened' && issue?.labels?.some(({ name }) => name === 'bug'));
  if (!opened) throw new Error('@octokit/webhooks-examples has no opened issue with the label "bug" any more.');
  // The examples are a JSON file: what its type leaves open is JSON too.
  return opened as Json;
}

const webhookCall = (body: Json): JsonObject => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', 'user-agent': 'GitHub-Hookshot/044aadd', 'x-github-event': 'issues' },
  query: {},
  body,
});

const issue = (...path: string[]) => ({ path: ['trigger', 'body', 'issue', ...path] });
const labels = { fn: 'pluck', args: [issue('labels'), { const: 'name' }] };

function flow(connection: string, call: JsonObject): FlowDocument {
  return {
    format: 'weft.flow/1',
    title: 'GitHub issue to ticket list',
    description: 'Point a GitHub webhook for issues at the address of the first step.',
    steps: {
      trigger: {
        kind: 'trigger',
        title: 'Issue on GitHub',
        use: { connector: 'webhook', version: '1.0.0', operation: 'receive' },
        config: { path: 'github-issues', method: 'POST', respond: 'when-finished' },
        samples: [{ title: 'An issue that GitHub sent', output: call }],
        schemas: { output: inferSchema([call]) },
      },
      isBug: {
        kind: 'branch',
        title: 'Is it a bug?',
        cases: [
          {
            id: 'bug',
            title: 'Bug',
            condition: {
              fn: 'and',
              args: [
                { fn: 'equals', args: [{ path: ['trigger', 'body', 'action'] }, { const: 'opened' }] },
                { fn: 'includes', args: [labels, { const: 'bug' }] },
              ],
            },
          },
        ],
      },
      ticket: {
        kind: 'action',
        title: 'Add to the ticket list',
        use: { connector: 'sql', version: '1.0.0', operation: 'upsert' },
        connection,
        config: { table: 'tickets', keys: ['id'], makeMissing: true },
        schemas: {
          input: {
            type: 'object',
            properties: {
              row: {
                type: 'object',
                properties: {
                  id: { type: 'integer' },
                  number: { type: 'integer' },
                  title: { type: 'string' },
                  labels: { type: 'string' },
                  author: { type: 'string' },
                  repository: { type: 'string' },
                  url: { type: 'string' },
                  opened_at: { type: 'string' },
                },
                required: ['id', 'title'],
              },
            },
          },
        },
        input: {
          format: 'weft.mapping/1',
          rules: [
            { id: 'id', to: ['row', 'id'], value: issue('id') },
            { id: 'number', to: ['row', 'number'], value: issue('number') },
            { id: 'title', to: ['row', 'title'], value: { fn: 'trim', args: [issue('title')] } },
            { id: 'labels', to: ['row', 'labels'], value: { fn: 'join', args: [labels, { const: ', ' }] } },
            { id: 'author', to: ['row', 'author'], value: issue('user', 'login') },
            { id: 'repository', to: ['row', 'repository'], value: { path: ['trigger', 'body', 'repository', 'full_name'] } },
            { id: 'url', to: ['row', 'url'], value: issue('html_url') },
            { id: 'opened', to: ['row', 'opened_at'], value: issue('created_at') },
          ],
        },
        retry: { attempts: 3, backoff: 'exponential', delayMs: 500 },
      },
      added: {
        kind: 'respond',
        title: 'Say that it was added',
        schemas: {
          input: {
            type: 'object',
            properties: { body: { type: 'object', properties: { ticket: { type: 'integer' }, result: { type: 'string' } } } },
          },
        },
        input: {
          format: 'weft.mapping/1',
          rules: [
            { id: 'status', to: ['status'], value: { const: 201 } },
            { id: 'ticket', to: ['body', 'ticket'], value: issue('number') },
            { id: 'result', to: ['body', 'result'], value: { const: 'added' } },
          ],
        },
      },
      ignored: {
        kind: 'respond',
        title: 'Say that it was left out',
        schemas: { input: { type: 'object', properties: { body: { type: 'object', properties: { result: { type: 'string' } } } } } },
        input: {
          format: 'weft.mapping/1',
          rules: [
            { id: 'status', to: ['status'], value: { const: 200 } },
            { id: 'result', to: ['body', 'result'], value: { const: 'left out' } },
          ],
        },
      },
    },
    edges: [
      { from: ['trigger', 'next'], to: 'isBug' },
      { from: ['isBug', 'bug'], to: 'ticket' },
      { from: ['isBug', 'else'], to: 'ignored' },
      { from: ['ticket', 'next'], to: 'added' },
    ],
    layout: { trigger: [0, 56], isBug: [304, 56], ticket: [608, 0], added: [912, 0], ignored: [608, 112] },
    notes: [],
  };
}
