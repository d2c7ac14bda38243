import type { Said } from '@weft/sentences';
import { MappingFault } from '../fault.ts';

export const badXml = (words: Said): MappingFault => new MappingFault('bad_xml', words);

/** Levels of elements inside each other: as deep as JSON may be. */
export const maxDepth = 64;
