import { and, asc, eq, isNull } from 'drizzle-orm';
import type { CalledFlow, NewRun } from '@weft/engine';
import { type CallableFlow, type Catalogue, callOf, callsOf, type FlowDocument, payloadOfCall, type Step, withAt } from '@weft/flow';
import type { Db } from '../db/open.ts';
import { flows, flowVersions, runs } from '../db/schema/index.ts';
import type { VersionDocuments } from '../stores/flows/version-documents.ts';

/** Flows as other flows of their workspace call them. */
export interface CalledFlows {
  /** Every flow of a workspace, in the order of their titles: the version that runs, or before the first publishing the draft. */
  all(workspaceId: string): CallableFlow[];
  /** The connectors of this installation together with the flows of a workspace. */
  catalogueOf(workspaceId: string): Catalogue;
  /** The document with every call pinned to the version that runs now. */
  pinned(workspaceId: string, document: FlowDocument): FlowDocument;
  /** What a run's step calls: the pinned version, in a test run the draft. */
  called(run: NewRun, call: { flow: string; version?: number }): Promise<CalledFlow | { refused: string }>;
}

export interface CalledFlowsParts {
  db: Db;
  catalogue: Catalogue;
  documents: VersionDocuments;
}

interface Target {
  document: FlowDocument;
  versionId(): Promise<string>;
}

interface Refused {
  refused: string;
}

type Described = ReturnType<typeof callOf>;

const maxRemembered = 500;

export function createCalledFlows({ db, catalogue, documents }: CalledFlowsParts): CalledFlows {
  /** Of flows that call no other one: versions never change, and a draft has a new revision with every change. */
  const described = new Map<string, Described>();

  const draftOf = (flowId: string) => db.select({ draft: flows.draft }).from(flows).where(eq(flows.id, flowId)).get()?.draft;

  function describe(key: string, read: () => FlowDocument | undefined, known: Catalogue): Described | undefined {
    const before = described.get(key);
    if (before) return before;
    const document = read();
    if (!document) return undefined;
    const description = callOf(document, known);
    if (description.calls.length > 0) return description;
    if (described.size >= maxRemembered) described.delete(described.keys().next().value ?? '');
    described.set(key, description);
    return description;
  }

  /** Each flow is described when it is asked for: what it answers may come from a flow that it calls. */
  function lookUp(workspaceId: string): { ids: string[]; flow(flowId: string): CallableFlow | undefined } {
    const rows = db
      .select({ id: flows.id, title: flows.title, revision: flows.revision, enabled: flows.enabled, published: flows.publishedNumber, versionId: flowVersions.id })
      .from(flows)
      .leftJoin(flowVersions, and(eq(flowVersions.flowId, flows.id), eq(flowVersions.number, flows.publishedNumber)))
      .where(and(eq(flows.workspaceId, workspaceId), isNull(flows.deletedAt)))
      .orderBy(asc(flows.title), asc(flows.id))
      .all();
    const byId = new Map(rows.map((row) => [row.id, row]));
    const made = new Map<string, CallableFlow | undefined>();
    const known: Catalogue = { ...catalogue, flow };

    function flow(flowId: string): CallableFlow | undefined {
      const row = byId.get(flowId);
      if (!row || made.has(flowId)) return made.get(flowId);
      // Until it is made: a flow in a circle does not know itself.
      made.set(flowId, undefined);
      const { versionId, revision, ...facts } = row;
      const call = versionId === null ? describe(`${flowId}@${revision}`, () => draftOf(flowId), known) : describe(versionId, () => documents.find(versionId)?.document, known);
      const result = call && { ...call, ...facts };
      made.set(flowId, result);
      return result;
    }

    return { ids: rows.map(({ id }) => id), flow };
  }

  function all(workspaceId: string): CallableFlow[] {
    const { ids, flow } = lookUp(workspaceId);
    return ids.flatMap((id) => flow(id) ?? []);
  }

  /** The flows above a run, itself included: what it calls must not be one of them. */
  function above({ runId, flowId, parent }: NewRun): Set<string> {
    const found = new Set([flowId]);
    const seen = new Set([runId]);
    for (let next = parent?.runId; next !== undefined && !seen.has(next); ) {
      seen.add(next);
      const row = db.select({ flowId: runs.flowId, parent: runs.parentRun }).from(runs).where(eq(runs.id, next)).get();
      if (row) found.add(row.flowId);
      next = row?.parent ?? undefined;
    }
    return found;
  }

  return {
    all,
    catalogueOf: (workspaceId) => ({ ...catalogue, flow: lookUp(workspaceId).flow }),

    pinned(workspaceId, document) {
      const calls = callsOf(document);
      if (calls.length === 0) return document;
      const { flow } = lookUp(workspaceId);
      const steps: Record<string, Step> = { ...document.steps };
      for (const { stepId, call, path } of calls) steps[stepId] = withAt(steps[stepId]!, [...path, 'version'], flow(call.flow)?.published ?? undefined);
      return { ...document, steps };
    },

    async called(run, { flow, version }) {
      const { workspaceId, mode } = run;
      const row = db
        .select({ title: flows.title, enabled: flows.enabled, published: flows.publishedNumber })
        .from(flows)
        .where(and(eq(flows.id, flow), eq(flows.workspaceId, workspaceId), isNull(flows.deletedAt)))
        .get();
      if (!row) return { refused: 'The flow that is called here does not exist any more: choose another one.' };
      const { title, enabled, published } = row;
      if (above(run).has(flow)) return { refused: `“${title}” would end up calling itself, which would never end: let it call another flow.` };
      const target = mode === 'test' ? testTarget() : liveTarget();
      if ('refused' in target) return target;
      const { document } = target;
      if (!payloadOfCall(document, catalogue, null)) return { refused: `“${title}” cannot be called: it begins by itself. Give it a trigger that takes data, such as “Run by hand”.` };
      return { flowId: flow, versionId: await target.versionId(), title, payloadOf: (input) => payloadOfCall(document, catalogue, input) ?? null };

      function testTarget(): Target | Refused {
        const document = draftOf(flow);
        return document ? { document, versionId: () => documents.keep(workspaceId, document) } : { refused: `“${title}” has no draft any more.` };
      }

      function liveTarget(): Target | Refused {
        if (!enabled) return { refused: `“${title}” is switched off. Switch it on, then replay this run.` };
        const number = version ?? published;
        const row = number === null ? undefined : db.select({ id: flowVersions.id }).from(flowVersions).where(and(eq(flowVersions.flowId, flow), eq(flowVersions.number, number))).get();
        const found = row && documents.find(row.id);
        if (!found) return { refused: `“${title}” is not published. Publish it, then replay this run.` };
        return { document: found.document, versionId: async () => row.id };
      }
    },
  };
}
