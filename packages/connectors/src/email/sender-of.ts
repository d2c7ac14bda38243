import { TerminalError, type OperationContext } from '@weft/connector-sdk';
import { readMailbox, type Mailbox } from '@weft/connector-sdk/author';

/** Who messages come from, as the connection says. @throws {TerminalError} when that is no address: such a message would go out without a sender. */
export function senderOf(connection: OperationContext['connection']): Mailbox {
  const from = String(connection?.config['from'] ?? '');
  const sender = readMailbox(from);
  if (sender) return sender;
  throw new TerminalError(
    `The connection’s sender “${from}” is not an e-mail address. Change it in the connection to one address, such as Acme <hello@example.com>.`,
    { kind: 'invalid_input' },
  );
}
