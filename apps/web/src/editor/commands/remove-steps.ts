import * as flows from '@weft/flow';
import { i18n } from '../../locales/i18n.ts';
import type { Command } from '../state/command.ts';

/** Removes steps with everything inside of them; a chain closes over the gap. */
export const removeSteps = (ids: readonly string[]): Command => ({
  label: i18n.t('editor:did.remove', { count: ids.length }),
  apply: (flow) => (ids.some((id) => Object.hasOwn(flow.steps, id)) ? flows.removeSteps(flow, ids) : flow),
});
