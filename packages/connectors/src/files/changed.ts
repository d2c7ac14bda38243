import { InputError, type JsonObject } from '@weft/connector-sdk';
import { choice, definePollingTrigger } from '@weft/connector-sdk/author';
import { z } from 'zod';

interface FilesCursor extends JsonObject {
  /** Name → the state in which it was seen. */
  files: Record<string, string>;
}

type FileState = { name: string; sizeBytes: number; updatedAt: string };

export const changed = definePollingTrigger({
  id: 'changed',
  title: 'New or changed file',
  description: 'Starts the flow when a file of this workspace comes or changes. A flow that writes such a file itself would start itself again.',
  summary: 'New or changed {config.pattern}',
  config: z.object({
    pattern: z.string()
      .min(1)
      .max(200)
      .meta({ title: 'Name of the file', description: '* stands for any text, as in orders-*.csv.', examples: ['*.csv', 'orders-*.csv'] })
      .default('*'),
    which: choice({ both: 'New and changed files', new: 'New files only' }, { title: 'Which' }).default('both'),
  }),
  since: { title: 'Changed since', description: 'A date, with or without a time: 2026-03-01, or 2026-03-01T08:00:00Z.' },
  samples: [
    { title: 'An upload', config: { pattern: '*.csv' }, item: { name: 'leads.csv', sizeBytes: 2048, updatedAt: '2026-03-01T09:30:00.000Z', change: 'new' } },
  ],
  itemSchema: {
    dependsOn: [],
    read: async () => ({
      type: 'object',
      properties: {
        name: { type: 'string', title: 'Name' },
        sizeBytes: { type: 'integer', title: 'Size in bytes' },
        updatedAt: { type: 'string', format: 'date-time', title: 'Changed at' },
        change: { type: 'string', enum: ['new', 'changed'], title: 'What happened' },
      },
      required: ['name', 'sizeBytes', 'updatedAt', 'change'],
    }),
  },
  async poll({ files }, { pattern, which }, { cursor, baseline, since, limit }) {
    // Written below only.
    const from: FilesCursor = cursor === null ? { files: {} } : (cursor as FilesCursor);
    const here = (await files.list())
      .filter(({ name }) => matches(name, pattern))
      .toSorted((a, b) => a.updatedAt.localeCompare(b.updatedAt) || a.name.localeCompare(b.name));
    const earliest = since === undefined ? undefined : momentOf(since);
    const wanted = earliest === undefined ? here : here.filter(({ updatedAt }) => Date.parse(updatedAt) >= earliest);
    const differing = wanted.filter((file) => from.files[file.name] !== stateOf(file));
    const fresh = differing.filter(({ name }) => which === 'both' || !Object.hasOwn(from.files, name));
    const taken = baseline ? [] : fresh.slice(0, limit);
    const left = new Set(baseline ? [] : fresh.slice(limit).map(({ name }) => name));
    const items = taken.map((file) => ({
      id: `${file.name} ${stateOf(file)}`,
      value: { name: file.name, sizeBytes: file.sizeBytes, updatedAt: file.updatedAt, change: Object.hasOwn(from.files, file.name) ? 'changed' : 'new' },
    }));
    const seen = here.flatMap((file): [string, string][] => {
      if (!left.has(file.name)) return [[file.name, stateOf(file)]];
      const before = from.files[file.name];
      return before === undefined ? [] : [[file.name, before]];
    });
    return { items, cursor: { files: Object.fromEntries(seen) }, more: left.size > 0 };
  },
});

const stateOf = ({ sizeBytes, updatedAt }: FileState): string => `${updatedAt} ${sizeBytes}`;

/** A time without a zone is in UTC, wherever the server is. @throws {InputError} for what is no date: every file would be one that changed since. */
function momentOf(text: string): number {
  const moment = Date.parse(/^\d{4}-\d\d-\d\d[T ][\d:.]+$/.test(text) ? `${text}Z` : text);
  if (Number.isNaN(moment)) throw new InputError(['config', 'since'], `“${text}” is no date. Write one such as 2026-03-01, or 2026-03-01T08:00:00Z.`);
  return moment;
}

/**
 * `*` stands for any text, folders included; a letter with its accent is one letter, however it is typed. Looks at each character once,
 * whatever somebody wrote.
 */
export function matches(given: string, pattern: string): boolean {
  const name = given.normalize('NFC');
  const [first = '', ...rest] = pattern.normalize('NFC').split('*');
  if (rest.length === 0) return name === first;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  const last = rest.pop() ?? '';
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return name.length - at >= last.length && name.endsWith(last);
}
