import { MappingFault } from '../fault.ts';
import { Exact } from './decimal.ts';
import { defineFunction } from './define-function.ts';
import { parseNumber } from './parse-number.ts';
import { say } from '../sentences.en.ts';

export const toInteger = defineFunction({
  name: 'toInteger',
  category: 'convert',
  title: 'To whole number',
  description: 'Reads a whole number. A fraction is an error: use Round to cut it off on purpose.',
  parameters: [{ name: 'value', title: 'Value', type: 'any' }],
  returns: 'number',
  resultSchema: () => ({ type: 'integer' }),
  examples: [
    { args: ['42'], result: 42 },
    { args: [3], result: 3 },
    { args: ['9007199254740993'], result: '9007199254740993' },
    { args: ['9007199254740993.5'], fault: 'not_a_number' },
    { args: ['4.5'], fault: 'not_a_number' },
  ],
  apply(_run, value) {
    const number = parseNumber(value, undefined);
    if (typeof number === 'string' ? !new Exact(number).isInteger() : !Number.isInteger(number)) {
      throw new MappingFault('not_a_number', say('mapping.number.notWhole', { number }), [number]);
    }
    return number;
  },
});
