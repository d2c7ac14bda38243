import { InputError } from '@weft/connector-sdk';

/** What files that are no text begin with, as Latin-1, and what to do with them. */
const kinds: readonly (readonly [begin: string, sentence: string])[] = [
  ['PK\x03\x04', 'This file is an Excel workbook or another archive, not text. Open it in its program, and save the sheet as CSV.'],
  ['\xd0\xcf\x11\xe0', 'This file is an Excel workbook of the old kind, not text. Open it in its program, and save the sheet as CSV.'],
  ['%PDF-', 'This file is a PDF, not text. Ask for the data as CSV.'],
  ['\x1f\x8b', 'This file is compressed. Unpack it first.'],
  ['SQLite format 3\0', 'This file is a database. Read it with a step of SQL database.'],
  ['\x89PNG', 'This file is a picture, not text. Choose another file.'],
  ['\xff\xd8\xff', 'This file is a picture, not text. Choose another file.'],
];

/** @throws {InputError} at `config.file` for a file that only is called like one of text: read as that it would be nothing, or nonsense. */
export function refuseOtherKinds(head: Buffer): void {
  const begin = head.toString('latin1', 0, 200);
  const sentence = kinds.find(([kind]) => begin.startsWith(kind))?.[1] ?? (isPage.test(begin) ? page : undefined);
  if (sentence !== undefined) throw new InputError(['config', 'file'], sentence);
}

const isPage = /^\s*<(?:!doctype html|html|table)\b/i;
const page = 'This file is a web page, which some programs save as a sheet. Open it in a spreadsheet program, and save it as CSV.';
