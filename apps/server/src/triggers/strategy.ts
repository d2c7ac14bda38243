import type { Catalogue, Problem } from '@weft/flow';
import type { Json } from '@weft/json-schema';
import type { TriggerState } from '@weft/api';
import type { Statement } from '../db/commit.ts';
import type { Db } from '../db/open.ts';
import type { LiveVersion } from '../stores/flows/reader.ts';
import type { RunningState } from '../stores/flows/writer.ts';
import type { FlowTrigger } from './flow-trigger.ts';

/** What the host does for all triggers of one strategy, whichever connector they are of. What is left out is nothing. */
export interface Strategy {
  /** What publishing, switching and deleting change, for the same commit. Asked for every flow: what it kept as another kind of trigger goes. */
  statements?(db: Db, catalogue: Catalogue, state: RunningState): Statement[];
  /** What a schema cannot say about the settings. */
  problems?(trigger: FlowTrigger): Problem[];
  /** What a person entered, as the trigger would give it. Default: as it is. */
  payloadOf?(given: Json): Json;
  /** What a published flow's trigger does by itself. Default: it waits to be called. */
  stateOf?(db: Db, live: LiveVersion, catalogue: Catalogue): TriggerState;
}
