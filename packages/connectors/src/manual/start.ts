import { defineManualTrigger, openJson } from '@weft/connector-sdk/author';
import { z } from 'zod';

/** Starts a run when a person presses Run, with the JSON they give. */
export const start = defineManualTrigger({
  id: 'start',
  title: 'Run by hand',
  description: 'The flow runs when somebody presses Run. What they enter is handed to the steps as the body.',
  keywords: ['button', 'manual', 'click', 'start', 'test'],
  output: z.object({ body: openJson({ title: 'Body', description: 'The JSON that was given when the run was started.' }).optional() }),
  samples: [
    { title: 'Nothing entered', output: { body: {} } },
    { title: 'An order', output: { body: { orderId: 'A-1001', customer: 'Ada', lines: [{ sku: 'TEA-01', quantity: 2 }] } } },
  ],
});
