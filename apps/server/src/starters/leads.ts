/** Six hundred leads as people really type them: made, not real, and the same every time. */
export function messyLeads(): Uint8Array {
  const random = numbers(20_417);
  // No list here is empty, and the index is below its length.
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const lines = ['Full name,E-mail,Company,Country,Phone,Source,Budget'];
  for (let index = 0; index < 600; index += 1) {
    const first = pick(firstNames);
    const last = pick(lastNames);
    const company = pick(companies);
    const cells = [
      untidy(`${first} ${last}`, random),
      email(first, last, company, index, random),
      random() < 0.05 ? '' : untidy(company, random),
      pick(countries),
      random() < 0.2 ? '' : pick(['+47 ', '0047', '', '+47-']) + String(40_000_000 + Math.floor(random() * 59_999_999)),
      pick(sources),
      random() < 0.25 ? '' : pick([String(Math.floor(random() * 90) + 10) + '000', (Math.floor(random() * 9000) / 10).toFixed(2), 'n/a']),
    ];
    lines.push(cells.map(quoted).join(','));
  }
  return new TextEncoder().encode(`${lines.join('\r\n')}\r\n`);
}

const firstNames = [
  'Ada', 'Bjørn', 'Chloé', 'Dmitri', 'Emeka', 'Fatima', 'Grete', 'Håkon', 'Ingrid', 'José', 'Kari', 'Lars', 'Mei', 'Nils', 'Oda', 'Priya', 'Renée',
  'Søren', 'Tuva', 'Zoë',
];
const lastNames = [
  'Aasen', 'Berg', 'Chen', 'Dahl', 'Eide', 'Fossum', 'García', 'Hansen', 'Iversen', 'Johansen', 'Kumar', 'Lie', 'Moen', 'Nygård', 'Okafor', 'Petrov',
  'Ruud', 'Strand', 'Thorsen', "O'Brien",
];
const companies = ['Fjord Kaffe AS', 'Nordlys Media', 'Havn Logistics', 'Bølge & Sønner', 'Ekte Bygg', 'Lund, Vik & Co', 'Skog Energi', 'Tindra "Lab"'];
const countries = ['NO', 'no', 'Norway', 'Norge', 'SE', 'Sweden', 'Sverige', 'DK', 'Danmark', 'Denmark', ''];
const sources = ['web', 'Web', 'WEB ', 'fair', 'Fair 2026', 'referral', ''];

function email(first: string, last: string, company: string, index: number, random: () => number): string {
  const fate = random();
  if (fate < 0.08) return '';
  if (fate < 0.14) return `${plain(first)}.${plain(last)}(at)${plain(company)}.example`;
  const address = `${plain(first)}.${plain(last)}${index % 7 === 0 ? '' : index}@${plain(company)}.example`;
  return fate < 0.4 ? ` ${address.toUpperCase()} ` : address;
}

const plain = (text: string) => text.normalize('NFKD').replaceAll('ø', 'o').replaceAll('Ø', 'O').toLowerCase().replaceAll(/[^a-z]/g, '');

function untidy(text: string, random: () => number): string {
  const fate = random();
  if (fate < 0.15) return text.toUpperCase();
  if (fate < 0.3) return text.toLowerCase();
  return fate < 0.5 ? `  ${text} ` : text;
}

const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** Mulberry32: small, and the same sequence everywhere. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
