import { TerminalError, type Json, type OpenFile } from '@weft/connector-sdk';
import type { Encoding } from './encodings.ts';

/** The cursor of a source that reads a file of text: where its next record begins. */
export interface TextPlace {
  offset: number;
  /** Its number, for messages. */
  line: number;
  /** Of the file; a changed one is not read on. */
  version: string;
  /** Where letters before this place have decided it. */
  encoding?: Encoding;
}

/** @throws {TerminalError} `conflict` when the file is not the one that the cursor was made in. */
export function placeIn(cursor: Json, file: OpenFile): TextPlace {
  // Written by the source itself, as its batches' cursor.
  const place = cursor as unknown as TextPlace;
  if (place.version === file.version) return place;
  throw new TerminalError(
    'The file was changed while it was being read, so the run cannot go on in the middle of it. Start the flow again.',
    { kind: 'conflict' },
  );
}
