import { TerminalError } from '@weft/connector-sdk';

export function tooLarge(maxBytes: number): TerminalError {
  return new TerminalError(`The answer is larger than ${readableSize(maxBytes)}. Ask the service for less at once.`, { kind: 'contract_violation' });
}

function readableSize(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${Math.round(bytes / (1024 * 1024))} MiB` : `${bytes} bytes`;
}
