import { TerminalError } from '@weft/connector-sdk';

/** A value that a run has stored is gone from the disk, or is not what it was. */
export class LostValue extends TerminalError {
  constructor(sha256: string, what: 'missing from the data folder' | 'damaged on disk') {
    super(`The stored value ${sha256.slice(0, 12)} is ${what}. Restore it from a backup.`, { kind: 'not_found' });
  }
}
