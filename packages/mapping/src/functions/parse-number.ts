import { MappingFault } from '../fault.ts';
import type { Value } from '../run.ts';
import { Exact } from './decimal.ts';
import { isDecimalText, kindOf, shorten } from './read-argument.ts';

/**
 * A number from what a person or a program wrote.
 * @throws {MappingFault} where it is not a number, or has more digits than a number can keep.
 */
export function parseNumber(value: Value, decimalSign: string | undefined): number {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') throw new MappingFault('wrong_type', `A number cannot be read from ${kindOf(value)}.`, [value ?? null]);
  const plain = decimalSign === undefined ? value.trim() : withoutThousands(value.trim(), decimalSign);
  const text = plain.startsWith('+') ? plain.slice(1) : plain;
  if (!isDecimalText(text)) throw new MappingFault('not_a_number', `“${shorten(value)}” is not a number.`, [value]);
  const number = Number(text);
  // So few digits are always kept; comparing exactly costs more than all the rest.
  if (text.length <= 15 && !text.includes('e') && !text.includes('E')) return number;
  if (!Number.isFinite(number) || !new Exact(number).equals(text)) {
    throw new MappingFault('out_of_range', `“${shorten(value)}” has more digits than a number can keep. Leave it as a text.`, [value]);
  }
  return number;
}

function withoutThousands(text: string, decimalSign: string): string {
  const separators = decimalSign === ',' ? /[.\s'’]/g : /[,\s'’]/g;
  return text.replaceAll(separators, '').replace(',', '.');
}
