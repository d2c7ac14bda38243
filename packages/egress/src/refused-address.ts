import { RetryableError, TerminalError } from '@weft/connector-sdk';

/** The name of the setting as the administrator finds it. */
export const settingName = 'private networks Weft may call';

/**
 * The address may not be called. Final, and the sentence says who can change it.
 * The message names what was asked for and never what a name resolved to: that would map a private network for anybody.
 */
export class RefusedAddress extends TerminalError {
  constructor(message: string) {
    super(message, { kind: 'refused' });
  }
}

/**
 * One sentence and one class for a name that is not found and for one that stands for a private address: two would tell anybody who may write a
 * flow which names exist inside. The network may be down, so it can be tried again.
 */
export const nowhereToBeFound = (name: string, cause?: unknown): RetryableError =>
  new RetryableError(
    `${name} could not be found, or it belongs to a private network, which Weft does not call. Check the address. `
      + `An administrator can allow a network in the settings under "${settingName}", and finds in the server's log which of the two it was.`,
    { cause },
  );

export function refusedPrivate(host: string): RefusedAddress {
  return new RefusedAddress(
    `"${host}" belongs to a private network, which Weft does not call. An administrator can allow it in the settings under "${settingName}".`,
  );
}
