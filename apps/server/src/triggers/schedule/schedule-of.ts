import { triggerSettings } from '@weft/connector-sdk';
import { scheduleSettings } from '@weft/connector-sdk/author';
import type { Catalogue, FlowDocument } from '@weft/flow';
import { z } from 'zod';
import { triggerBy } from '../flow-trigger.ts';

const settings = z.object(scheduleSettings);

export type ScheduleSettings = z.output<typeof settings>;

/** When a flow runs; null where it starts in another way. */
export function scheduleOf(document: FlowDocument, catalogue: Catalogue): ScheduleSettings | null {
  const trigger = triggerBy('schedule', document, catalogue);
  return trigger && (settings.safeParse(triggerSettings(trigger.operation, trigger.step.config)).data ?? null);
}
