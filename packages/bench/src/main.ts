/** `npm run bench -- <name>`: every figure the project claims, from one command. */
import { argv } from 'node:process';

const benches: Record<string, () => Promise<{ bench(): Promise<void> }>> = {
  canvas: () => import('./canvas.ts'),
  'csv-stream': () => import('./csv-stream.ts'),
  faults: () => import('./faults.ts'),
  guests: () => import('./guests.ts'),
  'order-mapping': () => import('./order-mapping.ts'),
  'cold-start': () => import('./cold-start.ts'),
  'history-growth': () => import('./history-growth.ts'),
  'many-flows': () => import('./many-flows.ts'),
  neighbour: () => import('./neighbour.ts'),
  resume: () => import('./resume.ts'),
  'webhook-map-http': () => import('./webhook-map-http.ts'),
  'webhook-map-respond': () => import('./webhook-map-respond.ts'),
};

const name = argv[2] ?? '';
const load = benches[name];
if (load) await (await load()).bench();
else {
  console.error(`There is no bench called “${name}”. Choose one of: ${Object.keys(benches).join(', ')}.`);
  process.exitCode = 1;
}
