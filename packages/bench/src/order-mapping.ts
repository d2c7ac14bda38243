import { measureOrderMapping } from '@weft/mapping/figures';

/**
 * What mapping an order of 2 kB (23 leaf fields, three levels of lists) costs in processor time, beside the same written by
 * hand and beside a JSON parse and stringify of the same order.
 */
export async function bench(): Promise<void> {
  // Twice: the first time warms the code up.
  measureOrderMapping({ rounds: 5, runs: 20_000 });
  const figures = measureOrderMapping({ rounds: 300, runs: 500 });
  const { mappingUs, byHandUs, jsonUs, ratioToByHand, ratioToJson } = figures;
  console.table([
    { figure: 'mapping, µs', value: round(mappingUs), target: '' },
    { figure: 'by hand, µs', value: round(byHandUs), target: '' },
    { figure: 'JSON parse and stringify, µs', value: round(jsonUs), target: '' },
    { figure: 'mapping to by hand', value: round(ratioToByHand), target: '≤ 4' },
    { figure: 'mapping to JSON', value: round(ratioToJson), target: '≤ 0.35' },
  ]);
  console.log(JSON.stringify({ bench: 'order-mapping', ratioToByHand: round(ratioToByHand), ratioToJson: round(ratioToJson) }));
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
