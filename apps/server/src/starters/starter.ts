import type { JsonObject } from '@weft/json-schema';
import type { FlowDocument } from '@weft/flow';
import type { StarterSummary } from '@weft/api';

/** A flow that works on a fresh installation; one click creates it with all it needs. */
export interface Starter extends StarterSummary {
  create(context: StarterContext): Promise<FlowDocument>;
}

/** What a starter may make in the workspace. Making it twice does no harm. */
export interface StarterContext {
  /** Base URL of this workspace's practice service, no slash at the end; null when it is switched off. */
  practiceUrl: string | null;
  /** Puts a file under Files unless one of that name is there. */
  provideFile(name: string, bytes: Uint8Array): Promise<void>;
  /** @returns the id of the connection of that title and connector, made when there is none. */
  provideConnection(connection: { title: string; connector: string; scheme: string; config: JsonObject }): Promise<string>;
}

/** Says why a starter cannot be created now; the route answers 409 with the sentence. */
export class StarterUnavailable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StarterUnavailable';
  }
}
