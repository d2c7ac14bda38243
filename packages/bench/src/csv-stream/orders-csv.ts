import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

const countries = ['NO', 'SE', 'DK', 'FI', 'DE'];

/** Writes a file of orders: nine columns, about a hundred bytes a row; one name in fifty stands in quotes and holds a comma. */
export async function writeOrdersCsv(file: string, rows: number): Promise<void> {
  const out = createWriteStream(file);
  let text = 'id,customer,email,country,amount,currency,created,status,note\n';
  for (let at = 1; at <= rows; at += 1) {
    const name = at % 50 === 0 ? `"Customer, ${at % 5_000}"` : `Customer ${at % 5_000}`;
    const day = String((at % 28) + 1).padStart(2, '0');
    const country = countries[at % countries.length];
    text += `${at},${name},Customer.${at % 5_000}@Example.com,${country},${(at % 100_000) / 100},NOK,2026-01-${day}T10:00:00Z,${at % 4 === 0 ? 'open' : 'paid'},order number ${at}\n`;
    if (text.length < 1 << 20) continue;
    if (!out.write(text)) await once(out, 'drain');
    text = '';
  }
  out.end(text);
  await once(out, 'close');
}
