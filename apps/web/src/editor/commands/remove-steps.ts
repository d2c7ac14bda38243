import * as flows from '@weft/flow';
import type { Command } from '../state/command.ts';

/** Removes steps with everything inside of them; a chain closes over the gap. */
export const removeSteps = (ids: readonly string[]): Command => ({
  label: ids.length === 1 ? 'Delete step' : `Delete ${ids.length} steps`,
  apply: (flow) => (ids.some((id) => Object.hasOwn(flow.steps, id)) ? flows.removeSteps(flow, ids) : flow),
});
