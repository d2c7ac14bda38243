import { TerminalError } from '@weft/connector-sdk';

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

export function refusedPrivate(host: string): RefusedAddress {
  return new RefusedAddress(
    `"${host}" belongs to a private network, which Weft does not call. An administrator can allow it in the settings under "${settingName}".`,
  );
}
