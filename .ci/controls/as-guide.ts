import { basename } from 'node:path';
import type { Attack, Control } from './control.ts';

/** The page of the documentation that says what was tried, what holds against it, and which tests show it. */
export const asGuide = (attacks: readonly Attack[]): string => `${beginning}
${attacks.flatMap(rowsOf).join('\n')}
`;

const beginning = `# What was tried against Weft

Rows 1 to 26 are the corpus that every change is held to; rows that begin with A were found by attacking a running instance, and have been
mended since. Each control can be switched off: \`npm run controls\` does so with one after the other in a copy of the repository and lists which
tests turn red; a control that no test misses is an error. \`npm run controls -- 17 A10\` tries those against two of the attacks.
What the controls add up to stands in [What you can rely on](reliability.md).

This page is written by a test from [the table of controls](../../.ci/controls/); \`npx pnpm@12.21.0 unit .ci -u\` writes it anew.

| | Tried | What holds is that … | Shown by |
| --- | --- | --- | --- |`;

function rowsOf({ id, tried, controls, none }: Attack): string[] {
  if (none !== undefined) return [row(id, tried, none, '')];
  return controls.map((control, at) => row(at === 0 ? id : '', at === 0 ? tried : '', control.holds, control.tests.map(link).join(', ')));
}

const row = (...cells: string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

const link = (file: Control['tests'][number]): string => `[${basename(file).replace('.test.ts', '')}](../../${file})`;
