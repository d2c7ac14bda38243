import { isObject, type Json } from '@weft/json-schema';
import type { DeadLetter } from '@weft/api';

/** Dead letters as a file to download, made while it is read. */
export function deadLetterFile(letters: Iterable<DeadLetter>, format: 'ndjson' | 'csv'): Response {
  const lines = format === 'ndjson' ? ndjson(letters) : csv(letters);
  const body = ReadableStream.from(bytes(lines));
  return new Response(body, {
    headers: {
      'content-type': format === 'ndjson' ? 'application/x-ndjson; charset=utf-8' : 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="dead-letters.${format}"`,
      'content-security-policy': "sandbox; default-src 'none'",
    },
  });
}

function* bytes(lines: Iterable<string>): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  for (const line of lines) yield encoder.encode(line);
}

function* ndjson(letters: Iterable<DeadLetter>): Generator<string> {
  for (const letter of letters) yield `${JSON.stringify(letter)}\n`;
}

/** The fields of the first record are the columns; what another one has besides stands in the last column, as JSON. */
function* csv(letters: Iterable<DeadLetter>): Generator<string> {
  let fields: string[] | undefined;
  for (const letter of letters) {
    if (!fields) {
      fields = isObject(letter.record) ? Object.keys(letter.record) : [];
      yield row(['error', 'step', 'rule', 'at', ...fields, 'other fields']);
    }
    const { record, error } = letter;
    const known = fields.map((field) => (isObject(record) && Object.hasOwn(record, field) ? cell(record[field]) : ''));
    const others = isObject(record) ? Object.entries(record).filter(([name]) => !fields?.includes(name)) : [['record', record] as const];
    const rest = others.length > 0 ? JSON.stringify(Object.fromEntries(others)) : '';
    yield row([error.message, letter.stepId ?? '', error.ruleId ?? '', letter.at, ...known, rest]);
  }
}

const row = (cells: string[]): string => `${cells.map(quoted).join(',')}\r\n`;

/** As RFC 4180 has it; a spreadsheet that opens the file runs no formula out of a stranger's data. */
function quoted(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const cell = (value: Json | undefined): string =>
  (value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value));
