import { defineFunction } from './define-function.ts';
import { readText } from './read-argument.ts';

export const join = defineFunction({
  name: 'join',
  category: 'text',
  title: 'Join a list',
  description: 'Makes one text of a list, with a separator between the items. Null items are left out.',
  parameters: [
    { name: 'list', title: 'List', type: 'list' },
    { name: 'separator', title: 'Separator', type: 'text', optional: true },
  ],
  returns: 'text',
  examples: [
    { args: [['red', 'blue'], ', '], result: 'red, blue' },
    { args: [[1, null, 2]], result: '1,2' },
    { args: [[], '-'], result: '' },
    { args: [[{}], '-'], fault: 'wrong_type' },
  ],
  apply(run, list, separator = ',') {
    const texts = list.filter((item) => item !== null).map(readText);
    run.reserveText(texts.reduce((length, text) => length + text.length + separator.length, 0));
    return texts.join(separator);
  },
});
