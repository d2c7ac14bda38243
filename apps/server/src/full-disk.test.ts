import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { owner, startWeft } from '../test/weft.ts';
import { createServer } from './server.ts';
import { StartRefused } from './start-refused.ts';

/** A disk of its own, 96 MB; only where this user may make one. */
const disk = mkdtempSync(join(tmpdir(), 'weft-full-'));
const isDisk = process.platform === 'linux' && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=96m', 'tmpfs', disk]).status === 0;
afterAll(() => {
  if (isDisk) spawnSync('umount', ['--lazy', disk]);
  rmSync(disk, { recursive: true, force: true });
});

const filler = join(disk, 'filler');

/** To its last byte. */
function fill(): void {
  const file = openSync(filler, 'a');
  const bytes = Buffer.alloc(4_096, 1);
  try {
    for (;;) writeSync(file, bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(file);
  }
}

describe.runIf(isDisk)('on a disk that is full', () => {
  test('a first start ends with a sentence, and works once there is room', async () => {
    const dataFolder = join(disk, 'new');
    fill();
    await expect(createServer({ dataFolder, port: 0, logLevel: 'silent' })).rejects.toThrow(
      new StartRefused(`The disk of ${dataFolder} is full. Make room there, then start Weft again; nothing was lost.`),
    );
    rmSync(filler);
    const server = await createServer({ dataFolder, port: 0, logLevel: 'silent' });
    await server.close();
  });

  test('a later start takes the room that was kept for it, and who is signed out can sign in and make room', { timeout: 30_000 }, async () => {
    const dataFolder = join(disk, 'old');
    mkdirSync(dataFolder);
    const weft = await startWeft({ dataFolder });
    const ada = await weft.claim();
    expect((await ada.send('PUT', `/w/${ada.workspace}/files/large.csv`, 'x'.repeat(100_000))).status).toBe(200);
    const spare = join(dataFolder, 'spare-room');
    await expect.poll(() => existsSync(spare), { timeout: 10_000 }).toBe(true);
    await weft.server.close();
    fill();
    weft.server = await createServer({ dataFolder, port: 0, logLevel: 'silent' });
    expect(existsSync(spare)).toBe(false);
    const signedOut = weft.stranger();
    expect((await signedOut.send('POST', '/session', { email: owner.email, password: owner.password })).status).toBe(200);
    expect((await signedOut.send('DELETE', `/w/${ada.workspace}/files/large.csv`)).status).toBe(204);
    await weft.stop();
  });

  test('a sign-in takes it, where the server runs when the disk fills up', { timeout: 30_000 }, async () => {
    rmSync(filler, { force: true });
    const dataFolder = join(disk, 'running');
    const weft = await startWeft({ dataFolder });
    await weft.claim();
    const spare = join(dataFolder, 'spare-room');
    await expect.poll(() => existsSync(spare), { timeout: 10_000 }).toBe(true);
    fill();
    const signedOut = weft.stranger();
    for (let time = 0; time < 200; time += 1) {
      expect((await signedOut.send('POST', '/session', { email: owner.email, password: owner.password })).status).toBe(200);
      // Until the log of the database has used up what it had.
      if (!existsSync(spare)) break;
    }
    expect(existsSync(spare)).toBe(false);
    await weft.stop();
  });
});

test('a database that is none is told from one that is held or full', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'weft-damaged-'));
  writeFileSync(join(dataFolder, 'weft.sqlite'), 'this is no database, and long enough to be seen as none'.repeat(100));
  writeFileSync(join(dataFolder, 'key'), `${'ab'.repeat(32)}\n`);
  await expect(createServer({ dataFolder, port: 0, logLevel: 'silent' })).rejects.toThrow(/is damaged\. Restore your last backup/);
  expect(readFileSync(join(dataFolder, 'weft.sqlite'), 'utf8')).toContain('this is no database');
  rmSync(dataFolder, { recursive: true });
});
