/**
 * Calls a webhook at an even pace, whether it answers or not, from a process of its own, and reports as JSON when its input ends.
 * `node steady-load.ts <url> <milliseconds between calls>`, the body in the environment.
 */
import { Agent, request } from 'node:http';
import { argv, env, stdin } from 'node:process';

export interface SteadyReport {
  calls: number;
  /** Calls that were not answered with 200. */
  failed: number;
  p50: number;
  p99: number;
  /** The longest that a call waited, milliseconds: the server was silent for about so long. */
  longest: number;
}

const url = new URL(argv[2] ?? '');
const everyMs = Number(argv[3]);
const body = env['BENCH_BODY'] ?? '{}';
const agent = new Agent({ keepAlive: true });
const waits: number[] = [];
let failed = 0;
let open = 0;
/** A call that is not answered by then has failed, milliseconds. */
const patienceMs = 20_000;

/** @param due - when it was to be sent: a call that is late because this process was is late all the same. */
function call(due: number): void {
  open += 1;
  let isOpen = true;
  const end = (isGood: boolean): void => {
    if (!isOpen) return;
    isOpen = false;
    open -= 1;
    waits.push(performance.now() - due);
    if (!isGood) failed += 1;
  };
  const sent = request(url, { agent, method: 'POST', headers: { 'content-type': 'application/json', 'content-length': body.length } }, (response) => {
    response.resume().once('end', () => end(response.statusCode === 200));
  });
  sent.on('error', () => end(false));
  sent.setTimeout(patienceMs, () => sent.destroy(new Error('No answer.')));
  sent.end(body);
}

const begin = performance.now();
let count = 0;
const pace = setInterval(() => {
  for (; begin + count * everyMs <= performance.now(); count += 1) call(begin + count * everyMs);
}, everyMs);

stdin.resume().once('end', () => {
  clearInterval(pace);
  const ready = setInterval(() => {
    if (open > 0) return;
    clearInterval(ready);
    const sorted = waits.toSorted((a, b) => a - b);
    const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
    const report: SteadyReport = { calls: sorted.length, failed, p50: at(0.5), p99: at(0.99), longest: sorted.at(-1) ?? Number.NaN };
    console.log(JSON.stringify(report));
    agent.destroy();
  }, 10);
});
