import { mediaType } from './content-kind.ts';
import { textIn, UnknownCharset } from './read-bytes.ts';

/** XML names its character set in its first line, HTML in its first kilobyte. */
const looksAt = 1024;

/**
 * A document of XML or HTML in the character set that it names itself, for where its content type names none.
 * @returns undefined where it names none that is known, or its bytes are no text in it.
 * @see https://www.rfc-editor.org/rfc/rfc7303#section-3
 */
export function declaredText(bytes: Uint8Array, contentType: string | undefined): string | undefined {
  const charset = declaredCharset(bytes, contentType);
  try {
    return charset === undefined ? undefined : textIn(bytes, charset);
  } catch (error) {
    if (error instanceof UnknownCharset) return undefined;
    throw error;
  }
}

function declaredCharset(bytes: Uint8Array, contentType: string | undefined): string | undefined {
  const type = mediaType(contentType);
  const isXml = /[/+]xml$/.test(type);
  if (!isXml && type !== 'text/html') return undefined;
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, looksAt)).toString('latin1');
  const [, xml] = /^\s*<\?xml\s[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(head) ?? [];
  return xml ?? /<meta\s[^>]{0,200}?\bcharset\s*=\s*["']?([\w.:-]{1,40})/i.exec(head)?.[1];
}
