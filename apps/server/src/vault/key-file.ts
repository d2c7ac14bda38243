import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, fsyncSync, openSync, closeSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { StartRefused } from '../start-refused.ts';

/**
 * The installation's key: 32 bytes in hexadecimal, readable by the owner of the process only. Made at the first start.
 * @param mayCreate - false when there is data already: a new key could not open it.
 */
export function readKeyFile(file: string, mayCreate: boolean): Buffer {
  if (!existsSync(file)) {
    if (!mayCreate) {
      throw new StartRefused(`The key file ${file} is missing, and without it the saved credentials cannot be read. Put it back from your backup.`);
    }
    const descriptor = openSync(file, 'wx', 0o600);
    try {
      writeSync(descriptor, `${randomBytes(32).toString('hex')}\n`);
      fsyncSync(descriptor);
    } catch (error) {
      // Half a key would pass for a damaged one at the next start.
      rmSync(file);
      throw error;
    } finally {
      closeSync(descriptor);
    }
  }
  chmodSync(file, 0o600);
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
  if (key.length !== 32) throw new StartRefused(`The key file ${file} is damaged. Put it back from your backup.`);
  return key;
}
