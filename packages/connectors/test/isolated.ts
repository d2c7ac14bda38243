import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Connector } from '@weft/connector-sdk';
import { createGuests, type GuestsOptions } from '@weft/guests';

/** The program that the server starts for guests, as source. */
export const guestProgram = fileURLToPath(new URL('../src/guest.ts', import.meta.url));

/** A connector as the server has it: in guests where it asks for them. */
export const isolated = (connector: Connector, options: Omit<GuestsOptions, 'program'> = {}): Connector =>
  createGuests({ program: guestProgram, folderOf: tmpdir, ...options }).isolated(connector);
