import { MappingFault } from '../fault.ts';
import { Exact } from './decimal.ts';
import { defineFunction } from './define-function.ts';
import { say } from '../sentences.en.ts';

export const formatNumber = defineFunction({
  name: 'formatNumber',
  category: 'convert',
  title: 'Write a number',
  description: 'Writes a number with a fixed count of decimals, rounding half up.',
  parameters: [
    { name: 'number', title: 'Number', type: 'number' },
    { name: 'decimals', title: 'Decimals', type: 'number', optional: true },
    { name: 'decimalSign', title: 'Decimal sign', type: 'text', optional: true },
    { name: 'thousandsSign', title: 'Thousands sign', type: 'text', optional: true },
  ],
  returns: 'text',
  examples: [
    { args: [1234.5, 2], result: '1234.50' },
    { args: [1234567.891, 2, ',', '.'], result: '1.234.567,89' },
    { args: [-999.5, 0, '.', ','], result: '-1,000' },
  ],
  apply(run, number, decimals = 2, decimalSign = '.', thousandsSign = '') {
    const places = Number(decimals);
    if (!Number.isInteger(places) || places < 0 || places > 100) {
      throw new MappingFault('bad_argument', say('mapping.formatNumber.decimals'), [decimals]);
    }
    const [whole = '', fraction = ''] = new Exact(number).toFixed(places, Exact.ROUND_HALF_UP).split('.');
    const grouped = thousandsSign === '' ? whole : whole.replaceAll(/\B(?=(?:\d{3})+$)/g, () => thousandsSign);
    return run.text(fraction === '' ? grouped : grouped + decimalSign + fraction);
  },
});
