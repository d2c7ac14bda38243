import { defineFunction } from './define-function.ts';
import { parseNumber } from './parse-number.ts';

export const toNumber = defineFunction({
  name: 'toNumber',
  category: 'convert',
  title: 'To number',
  description: 'Reads a number from a text. Name the decimal sign if it is not a point; the other sign and spaces then separate thousands. A minus may stand behind. One with more digits than a number keeps stays a text of them.',
  parameters: [
    { name: 'value', title: 'Value', type: 'any' },
    { name: 'decimalSign', title: 'Decimal sign', type: 'text', optional: true, choices: ['.', ','] },
  ],
  returns: 'number',
  resultSchema: () => ({ type: 'number' }),
  examples: [
    { args: ['12.50'], result: 12.5 },
    { args: ['1.234,56', ','], result: 1234.56 },
    { args: ['1 234.5', '.'], result: 1234.5 },
    { args: ['1.234,50-', ','], result: -1234.5 },
    { args: ['25.00', ','], fault: 'not_a_number' },
    { args: [true], fault: 'wrong_type' },
    { args: ['twelve'], fault: 'not_a_number' },
    { args: ['12345678901234567890'], result: '12345678901234567890' },
    { args: ['1.234.567.890.123.456,789', ','], result: '1234567890123456.789' },
  ],
  apply: (_run, value, decimalSign) => parseNumber(value, decimalSign),
});
