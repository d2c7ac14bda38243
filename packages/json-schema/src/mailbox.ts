/** One e-mail address, with the name that stands before it. */
export interface Mailbox {
  name: string;
  address: string;
}

const addressOnly = /^[^\s@<>,;:"]+@[^\s@<>,;:"]+$/;
const nameAndAddress = /^(?<name>[^<>\p{Cc}]*)<(?<address>[^<>]*)>$/u;

/**
 * `ada@example.com` or `Ada <ada@example.com>`, and nothing else: whatever has several addresses or a line end is none. A name may have
 * commas, semicolons and parentheses, which mail libraries take for separators and comments.
 */
export function readMailbox(text: string): Mailbox | undefined {
  const { name = '', address = text.trim() } = nameAndAddress.exec(text.trim())?.groups ?? {};
  if (!addressOnly.test(address.trim())) return undefined;
  return { name: name.trim().replace(/^"(.*)"$/, '$1'), address: address.trim() };
}
