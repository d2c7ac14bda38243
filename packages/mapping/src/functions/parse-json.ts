import { JsonTextError, parseJsonWithLimits } from '@weft/json-schema';
import { MappingFault } from '../fault.ts';
import { defineFunction } from './define-function.ts';

export const parseJson = defineFunction({
  name: 'parseJson',
  category: 'convert',
  title: 'Read JSON',
  description: 'Reads the value that a JSON text carries.',
  parameters: [{ name: 'text', title: 'JSON text', type: 'text' }],
  returns: 'any',
  examples: [
    { args: ['{"id":7}'], result: { id: 7 } },
    { args: ['{'], fault: 'bad_json' },
    { args: ['{"__proto__":{}}'], fault: 'bad_json' },
  ],
  apply(run, text) {
    try {
      return parseJsonWithLimits(text, { maxBytes: run.limits.maxTextLength * 4 });
    } catch (refused) {
      if (refused instanceof JsonTextError) throw new MappingFault('bad_json', { message: refused.message });
      throw refused;
    }
  },
});
