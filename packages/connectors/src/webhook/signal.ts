import { defineSignalTrigger } from '@weft/connector-sdk/author';
import { senders } from './senders.ts';

/** Ends a wait of a run instead of starting one. */
export const signal = defineSignalTrigger({
  id: 'signal',
  title: 'Receive a signal',
  description: 'Another system tells a run that waits for it to go on.',
  senders,
  samples: [{ title: 'A payment', config: {}, output: { orderId: 'A-1001', paid: true } }],
});
