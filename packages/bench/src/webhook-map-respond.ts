import { contest } from './webhook/contest.ts';
import { orderFlow } from './webhook/flow.ts';

/** POST a 2 kB order, map 20 fields and a list of lines, answer; run and steps are stored durably before the answer. */
export const bench = (): Promise<void> => contest({ name: 'webhook-map-respond', flow: orderFlow });
