import { createHash } from 'node:crypto';
import { type PracticeKind, practiceKinds, type PracticeRecord } from './records.ts';

const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem; }
h1 { font-size: 1.4rem; margin: 0 0 .25rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
p { margin: .25rem 0; } code, pre { font: 13px/1.4 ui-monospace, monospace; }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
th, td { border-top: 1px solid light-dark(#d4d4d8, #3f3f46); padding: .4rem .6rem; text-align: left; vertical-align: top; }
th { font-weight: 600; } .quiet { color: light-dark(#52525b, #a1a1aa); }
`;

/** No script at all, and this one style sheet: what arrived is shown as text, whatever it is. */
export const pagePolicy =
  `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`;

const titles: Record<PracticeKind, string> = { orders: 'ERP: orders', reservations: 'ERP: reservations', tickets: 'Ticket list' };

export function practicePage(baseUrl: string, records: Record<PracticeKind, PracticeRecord[]>): string {
  const sections = practiceKinds.map((kind) => section(titles[kind], records[kind]));
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Practice service</title><style>${style}</style></head>
<body><main>
<h1>Practice service</h1>
<p class="quiet">Stands in for a real ERP and ticket list, so that flows can be tried without any outside service. Nothing here is real.</p>
<p>Send to <code>POST ${text(baseUrl)}/erp/orders</code>, <code>/erp/reservations</code> or <code>/tickets</code>.
To see failures, add <code>?fail=500</code> (any status from 400 to 599), <code>?busy=2</code> (two times busy, then fine)
or <code>?delay=5000</code> (milliseconds).</p>
<p>Reload the page to see what has arrived since.</p>
${sections.join('\n')}
</main></body>
</html>
`;
}

function section(title: string, rows: PracticeRecord[]): string {
  if (rows.length === 0) return `<h2>${title}</h2>\n<p class="quiet">Nothing has arrived yet.</p>`;
  const lines = rows.map(
    ({ answer, at, received }) =>
      `<tr><td>${text(String(answer['id']))}</td><td>${text(new Date(at).toISOString().replace('T', ' ').slice(0, 19))}</td><td><pre>${text(JSON.stringify(received, null, 2))}</pre></td></tr>`,
  );
  return `<h2>${title}</h2>
<table><thead><tr><th scope="col">Number</th><th scope="col">Arrived (UTC)</th><th scope="col">What was sent</th></tr></thead>
<tbody>${lines.join('\n')}</tbody></table>`;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const text = (raw: string): string => raw.replace(/[&<>"']/g, (character) => entities[character] ?? '');
