import { expect, test } from 'vitest';
import { fileNameOf } from './flow-file.ts';

test.each([
  ['Order to ERP', 'order-to-erp.weft.json'],
  ['Größe & Café / 2026', 'groe-cafe-2026.weft.json'],
  ['../../etc/passwd', 'etcpasswd.weft.json'],
  ['订单', 'flow.weft.json'],
])('“%s” is exported as %s', (title, name) => {
  expect(fileNameOf(title)).toBe(name);
});
