import { expect, test } from 'vitest';
import { createUnwrittenFiles } from './unwritten-files.ts';

test('files that have nothing waiting are forgotten when others come; what waits is kept', () => {
  const files = createUnwrittenFiles();
  files.begin('waiting', 'run_1', 0).add(0, 'not on disk yet');
  const names = Array.from({ length: 100 }, (_, at) => `file-${at}`);
  for (const name of names) files.begin(name, 'run_2', 0);
  expect(files.get('waiting')?.sizeBytes).toBe(15);
  expect(names.filter((name) => files.get(name)).length).toBeLessThanOrEqual(16);
  expect(files.get('file-99')).toBeDefined();
  files.forget('waiting');
  expect(files.get('waiting')).toBeUndefined();
});
