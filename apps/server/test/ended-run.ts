import { expect } from 'vitest';
import type { RunDetail } from '@weft/api';
import type { Person } from './weft.ts';

/** A run once it goes on no more by itself: it is over, or it waits for something outside. */
export async function endedRun(person: Person, runId: string): Promise<RunDetail> {
  const read = async () => (await person.send<RunDetail>('GET', `/w/${person.workspace}/runs/${runId}`)).body;
  await expect.poll(async () => (await read()).status, { interval: 20, timeout: 20_000 }).toMatch(/succeeded|failed|cancelled|skipped|waiting/);
  return read();
}
