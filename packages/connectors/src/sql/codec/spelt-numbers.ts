import type { Json } from '@weft/connector-sdk';
import { textOf, UnfitValue } from './codec.ts';

/**
 * What a text may be that goes into a column of numbers: the number, as a person writes it. A zero or a plus in front says that it is
 * no number but a name made of digits, such as 007 or +49, of which the column would keep less.
 */
const plainNumber = /^\s*-?(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?\s*$/;
const wholeDigits = /^\s*(-?(?:0|[1-9]\d*))\s*$/;
const wholeWithZeros = /^\s*(-?(?:0|[1-9]\d*))(?:\.0*)?\s*$/;
const namelessDigits = /^\s*(?:\+|[+-]?0\d)[\d.]*\s*$/;

/** A value as it stands in a sentence, shortened. */
export function quotedValue(value: NonNullable<Json>): string {
  const text = textOf(value);
  const short = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return typeof value === 'string' ? `“${short}”` : short;
}

/** How a value is no number that the column can hold. @param numbers - what it holds: `numbers`, `whole numbers`. */
export function noNumber(value: NonNullable<Json>, numbers: string): UnfitValue {
  if (typeof value === 'string' && namelessDigits.test(value)) {
    return new UnfitValue(`holds ${numbers}, so “${value}” would become ${Number(value)}. Write it to a column of text, or make a number of it first.`);
  }
  if (value === '') return new UnfitValue(`holds ${numbers}, and an empty text is none. Map nothing where there is no number.`);
  return new UnfitValue(`holds ${numbers}, and ${quotedValue(value)} is none. Map a number, or leave the column out.`);
}

/** @returns a number's digits, whole or not. @throws {UnfitValue} */
export function numberText(value: NonNullable<Json>): string {
  if (typeof value === 'number') return textOf(value);
  if (typeof value === 'string' && (plainNumber.test(value) || isSpecial(value))) return value;
  throw noNumber(value, 'numbers');
}

const isSpecial = (text: string): boolean => /^\s*(?:nan|[+-]?inf(?:inity)?)\s*$/i.test(text);

/** What writes whole numbers of a range. */
export function wholeText(from: bigint, to: bigint): (value: NonNullable<Json>) => string {
  return (value) => {
    const text = typeof value === 'number' || typeof value === 'string' ? textOf(value) : '';
    const digits = wholeDigits.exec(text)?.[1];
    if (digits === undefined) throw noNumber(value, 'whole numbers');
    const number = BigInt(digits);
    if (number < from || number > to) throw new UnfitValue(`holds whole numbers from ${from} to ${to}, and ${digits} is not one of them.`);
    return text;
  };
}

/** A number of 64 bits: fractions are rounded, as the column's type says; whole numbers keep every digit. @throws {UnfitValue} */
export const doubleText = floating(Number);

/** The same with 32 bits. @throws {UnfitValue} */
export const floatText = floating(Math.fround);

function floating(heldAs: (number: number) => number): (value: NonNullable<Json>) => string {
  return (value) => {
    if (Object.is(value, -0)) return '-0';
    const text = numberText(value);
    if (typeof value === 'number' ? Number.isInteger(value) && heldAs(value) !== value : !staysWhole(text, heldAs)) throw tooManyDigits(text);
    return text;
  };
}

export const tooManyDigits = (text: string): UnfitValue =>
  new UnfitValue(`keeps fewer digits than ${text.trim()} has. Write it to a column of text or of decimal numbers.`);

/** Whether a text that is a whole number stays the same one; fractions are not looked at. */
export function staysWhole(text: string, heldAs: (number: number) => number): boolean {
  const digits = wholePart(text);
  // No column of numbers has trouble with so few.
  if (digits === undefined || digits.length < 8) return true;
  const held = heldAs(Number(digits));
  return Number.isFinite(held) && BigInt(held) === BigInt(digits);
}

/** The digits of a text that is a whole number, 5.0 included. */
export const wholePart = (text: string): string | undefined => wholeWithZeros.exec(text)?.[1];

export const isPlainNumber = (text: string): boolean => plainNumber.test(text);
