import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ConnectionValues } from '@weft/connector-sdk';

/** Time zones of a machine that Weft runs on, and how many minutes each is behind UTC in summer. */
export const zones = { UTC: 0, 'Europe/Berlin': -120, 'America/New_York': 240 };

export interface ZoneArguments {
  connection: ConnectionValues;
  /** Where the workspace's files are. */
  folder: string;
  /** Of Node, such as a young generation that cannot grow. */
  options?: readonly string[];
}

/** What a program beside this file says when it runs on a machine in that zone. */
export async function inZone<T>(zone: string, program: string, { options = [], ...given }: ZoneArguments): Promise<T> {
  const path = fileURLToPath(new URL(program, import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [...options, path, JSON.stringify(given)], { env: { ...process.env, TZ: zone } });
  // Both ends are ours.
  return JSON.parse(stdout) as T;
}
