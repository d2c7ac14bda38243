import { and, asc, eq, gt, isNull, ne, sql } from 'drizzle-orm';
import type { CalledFlow, NewRun } from '@weft/engine';
import { type CallableFlow, type Catalogue, callOf, callsOf, type FlowDocument, inputOfCall, payloadOfCall, type Step, takesCalls, withAt } from '@weft/flow';
import type { FlowChoice, FlowTitle } from '@weft/api';
import type { JsonSchema } from '@weft/json-schema';
import type { Db } from '../db/open.ts';
import { flowCalls, flows, flowVersions, runs } from '../db/schema/index.ts';
import { notFound } from '../refused.ts';
import { titleHolds } from '../stores/flows/title-holds.ts';
import type { VersionDocuments } from '../stores/flows/version-documents.ts';

/** Flows as other flows of their workspace call them. */
export interface CalledFlows {
  /** Flows that can be called and whose title holds the text, in the order of their titles; at most 50. */
  choices(workspaceId: string, search: string): FlowChoice[];
  /** These flows and all that they end up calling: the version that runs, or before the first publishing the draft. Unknown ones are left out. */
  described(workspaceId: string, flowIds: readonly string[]): CallableFlow[];
  /** Flows that call a flow, in the order of their titles. @throws {Refused} 404 */
  callers(workspaceId: string, flowId: string): FlowTitle[];
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
const maxChoices = 50;

export function createCalledFlows({ db, catalogue, documents }: CalledFlowsParts): CalledFlows {
  /** Of flows that call no other one: versions never change, and a draft has a new revision with every change. */
  const remembered = new Map<string, Described>();

  const inputs = new WeakMap<FlowDocument, JsonSchema>();
  const inputOf = (document: FlowDocument): JsonSchema => {
    const input = inputs.get(document) ?? inputOfCall(document, catalogue);
    inputs.set(document, input);
    return input;
  };

  const draftOf = (flowId: string) => db.select({ draft: flows.draft }).from(flows).where(eq(flows.id, flowId)).get()?.draft;

  function describe(key: string, read: () => FlowDocument | undefined, known: Catalogue): Described | undefined {
    const before = remembered.get(key);
    if (before) return before;
    const document = read();
    if (!document) return undefined;
    const description = callOf(document, known);
    if (description.calls.length > 0) return description;
    if (remembered.size >= maxRemembered) remembered.delete(remembered.keys().next().value ?? '');
    remembered.set(key, description);
    return description;
  }

  const inWorkspace = (workspaceId: string) => and(eq(flows.workspaceId, workspaceId), isNull(flows.deletedAt));

  /** Each flow is described when it is asked for: what it answers may come from a flow that it calls. */
  function lookUp(workspaceId: string): (flowId: string) => CallableFlow | undefined {
    const made = new Map<string, CallableFlow | undefined>();
    const known: Catalogue = { ...catalogue, flow };

    function flow(flowId: string): CallableFlow | undefined {
      if (made.has(flowId)) return made.get(flowId);
      // Until it is made: a flow in a circle does not know itself.
      made.set(flowId, undefined);
      const row = db
        .select({
          id: flows.id,
          title: flows.title,
          revision: flows.revision,
          enabled: flows.enabled,
          published: flows.publishedNumber,
          versionId: flowVersions.id,
        })
        .from(flows)
        .leftJoin(flowVersions, and(eq(flowVersions.flowId, flows.id), eq(flowVersions.number, flows.publishedNumber)))
        .where(and(inWorkspace(workspaceId), eq(flows.id, flowId)))
        .get();
      if (!row) return undefined;
      const { versionId, revision, ...facts } = row;
      const call = versionId === null
        ? describe(`${flowId}@${revision}`, () => draftOf(flowId), known)
        : describe(versionId, () => documents.find(versionId)?.document, known);
      const result = call && { ...call, ...facts };
      made.set(flowId, result);
      return result;
    }

    return flow;
  }

  function choices(workspaceId: string, search: string): FlowChoice[] {
    const rows = db
      .select({ id: flows.id, title: flows.title, published: flows.publishedNumber, enabled: flows.enabled, trigger: flowCalls.trigger })
      .from(flows)
      .innerJoin(flowCalls, eq(flowCalls.flowId, flows.id))
      .where(inWorkspace(workspaceId))
      .orderBy(asc(flows.title), asc(flows.id))
      .all();
    const holds = titleHolds(search);
    return rows
      .filter(({ title, trigger }) => trigger !== null && takesCalls(trigger, catalogue) && holds(title))
      .slice(0, maxChoices)
      .map(({ trigger: _trigger, ...choice }) => choice);
  }

  function described(workspaceId: string, flowIds: readonly string[]): CallableFlow[] {
    const flow = lookUp(workspaceId);
    const found = new Map<string, CallableFlow>();
    const gather = (ids: readonly string[]): void => {
      for (const id of ids) {
        const one = found.has(id) ? undefined : flow(id);
        if (!one) continue;
        found.set(id, one);
        gather(one.calls);
      }
    };
    gather(flowIds);
    return [...found.values()];
  }

  function callers(workspaceId: string, flowId: string): FlowTitle[] {
    if (!db.select({ id: flows.id }).from(flows).where(and(inWorkspace(workspaceId), eq(flows.id, flowId))).get()) throw notFound('This flow');
    return db
      .select({ id: flows.id, title: flows.title, calls: flowCalls.calls })
      .from(flowCalls)
      .innerJoin(flows, eq(flows.id, flowCalls.flowId))
      .where(and(inWorkspace(workspaceId), ne(flows.id, flowId), gt(sql`instr(${flowCalls.calls}, ${flowId})`, 0)))
      .orderBy(asc(flows.title), asc(flows.id))
      .all()
      .filter(({ calls }) => calls.includes(flowId))
      .map(({ id, title }) => ({ id, title }));
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
    choices,
    described,
    callers,
    catalogueOf: (workspaceId) => ({ ...catalogue, flow: lookUp(workspaceId) }),

    pinned(workspaceId, document) {
      const calls = callsOf(document);
      if (calls.length === 0) return document;
      const flow = lookUp(workspaceId);
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
      if (!payloadOfCall(document, catalogue, null)) {
        return { refused: `“${title}” cannot be called: it begins by itself. Give it a trigger that takes data, such as “Run by hand”.` };
      }
      const payloadOf: CalledFlow['payloadOf'] = (input) => payloadOfCall(document, catalogue, input) ?? null;
      return { flowId: flow, versionId: await target.versionId(), title, input: inputOf(document), payloadOf };

      function testTarget(): Target | Refused {
        const document = draftOf(flow);
        return document ? { document, versionId: () => documents.keep(workspaceId, document) } : { refused: `“${title}” has no draft any more.` };
      }

      function liveTarget(): Target | Refused {
        if (!enabled) return { refused: `“${title}” is switched off. Switch it on, then replay this run.` };
        const number = version ?? published;
        const row = number === null
          ? undefined
          : db.select({ id: flowVersions.id }).from(flowVersions).where(and(eq(flowVersions.flowId, flow), eq(flowVersions.number, number))).get();
        const found = row && documents.find(row.id);
        if (!found) return { refused: `“${title}” is not published. Publish it, then replay this run.` };
        return { document: found.document, versionId: async () => row.id };
      }
    },
  };
}
