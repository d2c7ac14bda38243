import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { createFlow, flowOf, webhook } from '../../test/flow-parts.ts';
import { liveEvents } from '../../test/live-events.ts';
import { type Person, startWeft, type TestWeft } from '../../test/weft.ts';
import { openDatabase } from '../db/open.ts';
import { memberships, sessions } from '../db/schema/index.ts';

let weft: TestWeft;
let ada: Person;
beforeAll(async () => {
  weft = await startWeft();
  ada = await weft.claim();
});
afterEach(() => vi.useRealTimers());
afterAll(() => weft.stop());

/** What is still sent on a stream that was opened with a clock of the test's own. */
async function streamOf(person: Person): Promise<{ ended: Promise<string>; signOfLife(): void }> {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const response = await fetch(`${weft.url}/api/v1/w/${person.workspace}/events`, { headers: { cookie: person.cookies } });
  return { ended: response.text(), signOfLife: () => vi.advanceTimersByTime(15_000) };
}

function inDatabase(work: (db: ReturnType<typeof openDatabase>) => void): void {
  const db = openDatabase(join(weft.folder, 'weft.sqlite'));
  work(db);
  db.$client.close();
}

test('the stream of somebody who is no member any more ends', async () => {
  const eve = await weft.someoneElse();
  const { ended, signOfLife } = await streamOf(eve);
  inDatabase((db) => db.delete(memberships).where(eq(memberships.workspaceId, eve.workspace)).run());
  signOfLife();
  expect(await ended).toContain('retry');
});

test('the stream of a session that has expired ends', async () => {
  const bob = await weft.someoneElse('bob@example.com');
  const { ended, signOfLife } = await streamOf(bob);
  inDatabase((db) => db.update(sessions).set({ expiresAt: new Date(0) }).where(eq(sessions.userId, 'usr_bobexamplecom')).run());
  signOfLife();
  expect(await ended).toContain('retry');
});

test('a page that takes nothing is disconnected, and what waited for it is not sent', async () => {
  const { id, base } = await createFlow(ada, flowOf({ trigger: webhook({ path: 'large' }) }));
  const said = vi.spyOn(console, 'error');
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const { hostname, port } = new URL(weft.url);
  const socket = connect(Number(port), hostname);
  socket.write(`GET /api/v1/w/${ada.workspace}/events HTTP/1.1\r\nhost: ${hostname}\r\ncookie: ${ada.cookies}\r\n\r\n`);
  await once(socket, 'data');
  socket.pause();
  for (let call = 0; call < 5; call += 1) {
    const { body } = await ada.send<{ url: string }>('POST', `${base}/listen`);
    await fetch(body.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ id, text: 'x'.repeat(4_900_000) }) });
  }
  vi.advanceTimersByTime(5 * 15_000);
  const closed = once(socket, 'close');
  socket.on('error', () => undefined);
  socket.resume();
  await closed;
  expect(socket.bytesRead).toBeLessThan(5 * 4_900_000);
  expect(said).not.toHaveBeenCalled();
  said.mockRestore();
});

test('with twenty-one streams of one session the oldest says that a newer one has its place', async () => {
  const streams = [];
  for (let opened = 0; opened < 21; opened += 1) streams.push(await liveEvents(ada, weft.url));
  await streams[0]?.next('replaced');
  await ada.send('POST', `/w/${ada.workspace}/flows`, { title: 'Heard' });
  for (const stream of streams.slice(1)) {
    await stream.next('flow');
    stream.close();
  }
  expect(streams[1]?.seen).not.toContainEqual({ type: 'replaced' });
});
