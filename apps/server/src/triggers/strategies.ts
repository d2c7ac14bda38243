import type { TriggerStrategy } from '@weft/connector-sdk';
import type { Catalogue, FlowDocument, Problem } from '@weft/flow';
import type { Json } from '@weft/json-schema';
import type { TriggerState } from '@weft/api';
import type { Statement } from '../db/commit.ts';
import type { Db } from '../db/open.ts';
import type { LiveVersion } from '../stores/flows/reader.ts';
import type { RunningState } from '../stores/flows/writer.ts';
import { flowTrigger } from './flow-trigger.ts';
import { manual } from './manual/manual.ts';
import { polling } from './polling/polling.ts';
import { schedule } from './schedule/schedule.ts';
import type { Strategy } from './strategy.ts';
import { webhook } from './webhook/webhook.ts';

/** A signal starts nothing: it stands in a step that waits, and `signal/` takes it. */
const strategies: Record<TriggerStrategy, Strategy> = { manual, webhook, schedule, polling, signal: {} };

export function triggerStatements(db: Db, catalogue: Catalogue, state: RunningState): Statement[] {
  return Object.values(strategies).flatMap(({ statements }) => statements?.(db, catalogue, state) ?? []);
}

export function triggerProblems(document: FlowDocument, catalogue: Catalogue): Problem[] {
  const trigger = flowTrigger(document, catalogue);
  return (trigger && strategies[trigger.contract.strategy].problems?.(trigger)) ?? [];
}

/** @param given - what a person entered to start the flow with. */
export function triggerPayload(document: FlowDocument, catalogue: Catalogue, given: Json): Json {
  const trigger = flowTrigger(document, catalogue);
  return trigger ? (strategies[trigger.contract.strategy].payloadOf?.(given) ?? given) : given;
}

/** Null where it waits to be called, and before the first publishing. */
export function triggerState(db: Db, live: LiveVersion | null, catalogue: Catalogue): TriggerState | null {
  const trigger = live && flowTrigger(live.document, catalogue);
  return (trigger && strategies[trigger.contract.strategy].stateOf?.(db, live, catalogue)) ?? null;
}
