import type { Json, JsonObject } from '@weft/json-schema';

/** Settings that say how often and how runs are started, and nothing about what is read. */
const hostSettings: ReadonlySet<string> = new Set(['every', 'deliver', 'first']);

/** What a polling trigger uses. */
export interface PolledUse {
  use: { connector: string; operation: string };
  connection?: string | undefined;
  /** As they hold, by `triggerSettings`. */
  settings: JsonObject;
}

/** The settings that say what is read. */
export const sourceSettings = (settings: JsonObject): JsonObject => Object.fromEntries(Object.entries(settings).filter(([name]) => !hostSettings.has(name)));

/** What is read: as long as it is the same, a trigger goes on where it was; otherwise it starts anew. */
export const polledSource = ({ use, connection, settings }: PolledUse): Json => [use.connector, use.operation, connection ?? null, sourceSettings(settings)];
