import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';

const connectors = join(dirname(fileURLToPath(import.meta.url)), '..');
const packages = join(connectors, '..');

/** A source folder like src/, inside this package so that imports resolve, empty and gone after the test. */
function emptySource(): string {
  mkdirSync(join(connectors, '.cache'), { recursive: true });
  const root = mkdtempSync(join(connectors, '.cache/new-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  symlinkSync(join(connectors, 'test'), join(root, 'test'));
  mkdirSync(join(root, 'src'));
  return join(root, 'src');
}

const node = (...args: string[]) => spawnSync(process.execPath, args, { cwd: connectors, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
const make = (...args: string[]) => node(join(packages, 'connector-sdk/bin/new.ts'), ...args);
const writeRegistry = (src: string) => node(join(connectors, 'bin/registry.ts'), src);

describe('pnpm new connector', () => {
  test('makes a folder that is in the registry and passes its own tests as it is', { timeout: 120_000 }, () => {
    const src = emptySource();
    expect(make('connector', 'my-crm', src)).toMatchObject({ status: 0, stderr: '' });
    expect(readdirSync(src)).toEqual(['loaders.gen.ts', 'my-crm', 'registry.gen.ts']);
    expect(readFileSync(join(src, 'registry.gen.ts'), 'utf8')).toContain("import myCrmConnector from './my-crm/index.ts';");

    const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
    const run = node(vitest, 'run', '--root', dirname(src), 'src/my-crm');
    expect(run.stdout).toMatch(/Tests\s+\d\d passed/);
    expect(run.status).toBe(0);
  });

  test.each([
    [['connector'], 'pnpm new connector <id>'],
    [['flow', 'x'], 'pnpm new connector <id>'],
    [['connector', 'My CRM'], 'is not an id'],
    [['connector', '../evil'], 'is not an id'],
    [['connector', 'http'], 'There is a connector "http" already'],
  ])('%j is refused with a sentence', (args, sentence) => {
    const { status, stderr } = make(...args);
    expect(status).toBe(1);
    expect(stderr).toContain(sentence);
  });
});

describe('the registry', () => {
  test('has a folder with an index.ts, in the order of the names, and nothing else', () => {
    const src = emptySource();
    for (const id of ['zeta', 'a-b-c', 'mid']) {
      mkdirSync(join(src, id));
      writeFileSync(join(src, id, 'index.ts'), '');
    }
    mkdirSync(join(src, 'notes'));
    writeFileSync(join(src, 'loose.ts'), '');
    expect(writeRegistry(src).status).toBe(0);
    const text = readFileSync(join(src, 'registry.gen.ts'), 'utf8');
    expect(text).toContain('export const connectors: Connector[] = [aBCConnector, midConnector, zetaConnector];');
    expect(text).not.toMatch(/notes|loose/);
  });

  test('is not touched when nothing has changed', () => {
    const src = emptySource();
    writeRegistry(src);
    const file = join(src, 'registry.gen.ts');
    const before = statSync(file).mtimeMs;
    writeRegistry(src);
    expect(statSync(file).mtimeMs).toBe(before);
  });

  test('has every connector of this package', async () => {
    const { connectors: listed } = await import('../src/registry.gen.ts');
    const folders = readdirSync(join(connectors, 'src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(join(connectors, 'src', entry.name, 'index.ts')))
      .map(({ name }) => name);
    expect(listed.map(({ descriptor }) => descriptor.id)).toEqual(folders.sort());
  });
});
