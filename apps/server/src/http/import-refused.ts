import type { SchemaIssue } from '@weft/json-schema';

/** What an import answers about a file that is no flow, or not one that this version reads: one sentence that says what to do. */
export function importRefused([first]: readonly SchemaIssue[]): string {
  if (!first || (first.path.length === 0 && first.keyword === 'type')) return notAFlow;
  const [name] = first.path;
  if (first.keyword === 'format' && first.path.length === 1 && name === 'format') {
    return first.message.startsWith('is not a Weft flow') ? notAFlow : `The format of this flow ${first.message}.`;
  }
  return first.path.length === 0 ? `This flow ${first.message}.` : `This flow cannot be imported: “${first.path.join(' › ')}” ${first.message}.`;
}

const notAFlow = 'This file is not a flow. Choose one that was exported from Weft; its name ends with .weft.json.';
