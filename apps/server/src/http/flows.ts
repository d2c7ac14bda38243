import { setImmediate as rest } from 'node:timers/promises';
import { type Catalogue, emptyFlow, type FlowDocument, parseFlowInTurns, type Problem, withoutSamples } from '@weft/flow';
import { z } from 'zod';
import type { Adopted } from '../stores/flows/adopt.ts';
import { unknownKeys } from '../stores/flows/unknown-keys.ts';
import type { FlowReader } from '../stores/flows/reader.ts';
import type { FlowWriter } from '../stores/flows/writer.ts';
import type { HoldStore } from '../stores/holds/hold-store.ts';
import { json, name } from './fields.ts';
import { flowDocument } from './flow-document.ts';
import { importRefused } from './import-refused.ts';
import { requirePublishable } from '../stores/flows/require-publishable.ts';
import { fieldIssue, invalid } from '../refused.ts';
import type { Act } from '../stores/audit/act.ts';
import { defineRoutes } from './route.ts';
import type { Workspace } from '@weft/api';

export interface FlowRoutesServices {
  flows: FlowReader & FlowWriter;
  catalogue: Catalogue;
  setPaused: HoldStore['setPaused'];
  /** Everything that is wrong with a document of this workspace. */
  problemsOf(workspaceId: string, document: FlowDocument, flowId: string): Promise<Problem[]>;
  /** A document that came from outside, with references to what this workspace does not have taken out. */
  adopt(workspaceId: string, document: FlowDocument): Promise<Adopted>;
  /** A starter's document, with the files and connections it needs made. @throws {Refused} 404, 409 */
  startFrom(act: Act, workspace: Workspace, starter: string): Promise<FlowDocument>;
}

const newFlow = z.union([
  z.strictObject({ title: name }),
  z.strictObject({ document: json }),
  z.strictObject({ starter: z.string().max(100) }),
]);

/** Drafts, versions and the life of flows. */
export function flowRoutes({ flows, catalogue, setPaused, problemsOf, adopt, startFrom }: FlowRoutesServices) {
  return defineRoutes({
    'GET /w/:workspace/flows': {
      policy: 'flow.read',
      query: z.strictObject({
        search: z.string().max(200).optional(),
        connector: z.string().max(100).optional(),
        cursor: z.string().max(100).optional(),
      }),
      handler: async ({ workspace, query }) => flows.list(workspace.id, query),
    },
    'POST /w/:workspace/flows': {
      policy: 'flow.edit',
      body: newFlow,
      async handler({ act, workspace, body }) {
        if ('title' in body) return flows.create(act, workspace.id, emptyFlow(body.title));
        if ('starter' in body) return flows.create(act, workspace.id, await startFrom(act, workspace, body.starter));
        const parsed = await parseFlowInTurns(body.document, rest);
        if ('issues' in parsed) {
          throw invalid(importRefused(parsed.issues), parsed.issues.map(fieldIssue));
        }
        const { document, dropped } = await adopt(workspace.id, parsed.flow);
        return flows.create(act, workspace.id, document, [...dropped, ...unknownKeys(body.document, parsed.flow)]);
      },
    },
    'GET /w/:workspace/flows/:flow': { policy: 'flow.read', handler: async ({ workspace, params }) => flows.get(workspace.id, params.flow) },
    'PATCH /w/:workspace/flows/:flow': {
      policy: 'flow.publish',
      body: z.strictObject({ enabled: z.boolean().optional(), paused: z.boolean().optional() }),
      async handler({ actor, workspace, params, body: { enabled, paused } }) {
        const flow = await flows.get(workspace.id, params.flow);
        if (enabled !== undefined) await flows.setEnabled(actor.user.id, workspace.id, flow.id, enabled);
        if (paused !== undefined) await setPaused(actor.user.id, workspace.id, flow.id, paused);
        return flows.get(workspace.id, flow.id);
      },
    },
    'DELETE /w/:workspace/flows/:flow': {
      policy: 'flow.edit',
      async handler({ actor, workspace, params }) {
        await flows.remove(actor.user.id, workspace.id, params.flow);
        return null;
      },
    },
    'PUT /w/:workspace/flows/:flow/draft': {
      policy: 'flow.edit',
      body: flowDocument,
      handler: async ({ actor, workspace, params, body, request }) =>
        flows.saveDraft(actor.user.id, workspace.id, params.flow, revisionOf(request), body),
    },
    'POST /w/:workspace/flows/:flow/duplicate': {
      policy: 'flow.edit',
      handler: async ({ act, workspace, params }) => flows.duplicate(act, workspace.id, params.flow),
    },
    'GET /w/:workspace/flows/:flow/export': {
      policy: 'flow.read',
      query: z.strictObject({ samples: z.enum(['true', 'false']).default('false') }),
      async handler({ workspace, params, query }) {
        const { draft } = await flows.get(workspace.id, params.flow);
        // Samples may hold personal data; they are exported only on request.
        return query.samples === 'true' ? draft : withoutSamples(draft, catalogue);
      },
    },
    'POST /w/:workspace/flows/:flow/publish': {
      policy: 'flow.publish',
      body: z.strictObject({ note: z.string().trim().max(500).optional(), revision: z.int().min(1) }),
      async handler({ act, workspace, params, body }) {
        const { draft } = await flows.get(workspace.id, params.flow);
        requirePublishable(await problemsOf(workspace.id, draft, params.flow));
        return flows.publish(act, workspace.id, params.flow, body.revision, body.note || null);
      },
    },
    'GET /w/:workspace/flows/:flow/problems': {
      policy: 'flow.read',
      async handler({ workspace, params }) {
        const { draft } = await flows.get(workspace.id, params.flow);
        return (await problemsOf(workspace.id, draft, params.flow)).map(({ fixes: _fixes, ...problem }) => problem);
      },
    },
    'GET /w/:workspace/flows/:flow/versions': {
      policy: 'flow.read',
      handler: async ({ workspace, params }) => flows.versions(workspace.id, params.flow),
    },
    'GET /w/:workspace/flows/:flow/versions/:number': {
      policy: 'flow.read',
      handler: async ({ workspace, params }) => flows.version(workspace.id, params.flow, numberOf(params.number)),
    },
    'POST /w/:workspace/flows/:flow/versions/:number/restore': {
      policy: 'flow.edit',
      handler: async ({ act, workspace, params }) => flows.restore(act, workspace.id, params.flow, numberOf(params.number)),
    },
  });
}

function revisionOf(request: Request): number {
  const match = /^(?:W\/)?"?(\d{1,9})"?$/.exec(request.headers.get('if-match')?.trim() ?? '');
  if (!match) throw invalid('Send the revision that this draft was made from in the If-Match header.');
  return Number(match[1]);
}

function numberOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw invalid('A version is named by its number.');
  return Number(text);
}
