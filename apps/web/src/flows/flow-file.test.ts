import { expect, test } from 'vitest';
import { fileNameOf, readFlowFile } from './flow-file.ts';

test.each([
  ['Order to ERP', 'order-to-erp.weft.json'],
  ['Größe & Café / 2026', 'größe-café-2026.weft.json'],
  ['../../etc/passwd', 'etcpasswd.weft.json'],
  ['订单', '订单.weft.json'],
  ['طلب جديد 123 (A)', 'طلب-جديد-123-a.weft.json'],
  ['\u202Eabc 🧺', 'abc.weft.json'],
  ['!!!', 'flow.weft.json'],
  ['長'.repeat(100), `${'長'.repeat(60)}.weft.json`],
])('“%s” is exported as %s', (title, name) => {
  expect(fileNameOf(title)).toBe(name);
});

test.each([
  ['', '“orders.json” is empty. Choose a flow that was exported from Weft.'],
  [' \n', '“orders.json” is empty. Choose a flow that was exported from Weft.'],
  ['name;price', '“orders.json” is not a flow. Choose one that was exported from Weft; its name ends with .weft.json.'],
])('a file that holds %j is refused with a sentence', async (text, sentence) => {
  await expect(readFlowFile(new File([text], 'orders.json'))).rejects.toThrow(sentence);
});

test('what is JSON is handed on as it is', async () => {
  expect(await readFlowFile(new File(['{"format":"weft.flow/1"}'], 'orders.json'))).toEqual({ format: 'weft.flow/1' });
});
