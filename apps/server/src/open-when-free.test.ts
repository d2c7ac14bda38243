import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

test('a file is opened when others are closed, instead of failing because too many are open', async () => {
  const program = `
    import { closeSync, openSync } from 'node:fs';
    import { openWhenFree } from ${JSON.stringify(join(import.meta.dirname, 'open-when-free.ts'))};
    const taken = [];
    try {
      for (;;) taken.push(openSync('/dev/null', 'r'));
    } catch (error) {
      if (error.code !== 'EMFILE') throw error;
    }
    const opening = openWhenFree('/dev/null', 'r');
    setTimeout(() => closeSync(taken.pop()), 30);
    await opening;
    console.log('opened');`;
  const { stdout } = await promisify(execFile)('sh', ['-c', 'ulimit -n 64; exec "$@"', 'sh', execPath, '--input-type=module', '-e', program]);
  expect(stdout).toBe('opened\n');
});
