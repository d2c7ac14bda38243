import { parseJsonWithLimits, type Json } from '@weft/json-schema';
import { i18n } from '../locales/i18n.ts';
import './words.ts';

/** Larger files are no flows. */
const maxBytes = 5 * 1024 * 1024;

/**
 * The JSON of a flow that somebody exported. Only whether it is JSON is decided here: the server checks the rest.
 * @throws {Error} with a sentence for the person.
 */
export async function readFlowFile(file: File): Promise<Json> {
  if (file.size > maxBytes) throw new Error(i18n.t('flows:importTooLarge', { name: file.name }));
  const text = await file.text();
  if (text.trim() === '') throw new Error(i18n.t('flows:importEmpty', { name: file.name }));
  try {
    return parseJsonWithLimits(text, { maxBytes: maxBytes, maxDepth: 200 });
  } catch (cause) {
    throw new Error(i18n.t('flows:importNotJson', { name: file.name }), { cause });
  }
}

/** Hands a file to the browser's downloads. */
export function download(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun reading by the next turn.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}

/** A title as a file's name: letters and digits of any alphabet, and hyphens. */
export function fileNameOf(title: string): string {
  const words = title
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/[\s_]+/g, '-')
    .toLowerCase();
  // A name has at most 255 bytes, and a letter up to four.
  const plain = Array.from(words).slice(0, 60).join('');
  return `${plain === '' ? 'flow' : plain}.weft.json`;
}
