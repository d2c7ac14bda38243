import { globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const source = import.meta.dirname;
const folders = readdirSync(source, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);

/** From the ground up, each with what its rule refuses. */
function floors(): { folder: string; refuses: RegExp }[] {
  const config = readFileSync(resolve(source, '../../../.oxlintrc.json'), 'utf8');
  const rules = config.matchAll(/"apps\/server\/src\/([a-z-]+)\/\*\*"\].*?"regex": ("[^"]+")/g);
  return [...rules].map(([, folder = '', regex = '""']) => ({ folder, refuses: new RegExp(JSON.parse(regex) as string) }));
}

test('every folder of the server has its place, and refuses those above it only', () => {
  const order = floors();
  expect(order.map(({ folder }) => folder).toSorted()).toEqual(folders.toSorted());
  for (const [floor, { folder, refuses }] of order.entries()) {
    for (const [other, { folder: name }] of order.entries()) {
      expect([folder, name, refuses.test(`../${name}/file.ts`)]).toEqual([folder, name, other > floor]);
    }
  }
});

test('no two folders of the server import each other', () => {
  const arrows = new Set<string>();
  for (const file of globSync('*/**/*.ts', { cwd: source }).filter((name) => !name.endsWith('.test.ts'))) {
    for (const [, specifier = ''] of readFileSync(resolve(source, file), 'utf8').matchAll(/(?:from |import\()'(\.[^']+)'/g)) {
      arrows.add(`${folderOf(file)} ${folderOf(relative(source, resolve(source, dirname(file), specifier)))}`);
    }
  }
  const mutual = [...arrows].filter((arrow) => {
    const [from, to] = arrow.split(' ');
    return from !== to && arrows.has(`${to} ${from}`);
  });
  expect(mutual).toEqual([]);
});

const folderOf = (file: string): string => file.split('/')[0] ?? '';
