/**
 * The same job with the CSV library that most programs take, which reads any CSV file as Weft does.
 * Usage: with-library.ts <input> <output>; prints one JSON object.
 */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { argv } from 'node:process';
import { parse } from 'csv-parse';

const [, , input = '', output = ''] = argv;
const begin = performance.now();
const out = await open(output, 'w');
let rows = 0;
let made = '';
for await (const row of createReadStream(input, { highWaterMark: 256 << 10 }).pipe(parse({ columns: true }))) {
  rows += 1;
  // Columns as the header names them.
  const { id, customer, email, country, amount, currency, created, status } = row as Record<string, string>;
  if (status !== 'paid') continue;
  const order = {
    id: Number.parseInt(id ?? '', 10),
    customer: customer?.trim(),
    email: email?.toLowerCase(),
    country,
    amount: Number(amount),
    currency,
    day: created?.slice(0, 10),
    paid: true,
  };
  made += `${JSON.stringify(order)}\n`;
  if (made.length < 1 << 18) continue;
  await out.write(made);
  made = '';
}
await out.write(made);
await out.sync();
await out.close();
console.log(JSON.stringify({ rows, ms: performance.now() - begin }));
