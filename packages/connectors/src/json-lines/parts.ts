import type { OptionsHandler } from '@weft/connector-sdk';
import { z } from 'zod';

export const fileName = (description: string) =>
  z.string().min(1).max(200).meta({ title: 'File', description, examples: ['orders.ndjson'], 'x-widget': 'file' });

export const workspaceFiles: OptionsHandler = async ({ files }) => {
  const all = await files.list();
  return all.filter(({ name }) => /\.(ndjson|jsonl|json|txt|log)$/i.test(name)).map(({ name }) => ({ value: name, title: name }));
};
