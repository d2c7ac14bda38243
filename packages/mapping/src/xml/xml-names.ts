/** Names that an element or an attribute may have, with a prefix as it is written. @see https://www.w3.org/TR/xml/#NT-Name */
export const isXmlName = (name: string): boolean => /^[:_\p{L}][\p{L}\p{M}\p{N}:_.·-]*$/u.test(name) && name !== '__proto__';

/** What no XML can carry, not even escaped. */
export const notInXml = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
