import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One folder for all that the unit tests leave lying about, gone with the run: a test that fails or is ended removes nothing. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'weft-test-'));
  // A database server that refuses to run as root has to get through.
  chmodSync(folder, 0o755);
  process.env['TMPDIR'] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
