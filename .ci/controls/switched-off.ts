import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Control } from './control.ts';

/** Why a control cannot be switched off where the table says; undefined where it can. */
export function misplaced(root: string, { file, off, instead }: Control): string | undefined {
  const times = textOf(root, file).split(off).length - 1;
  if (times !== 1) return `${file} has this ${times} times, and a control stands in one place: ${off}`;
  return instead === off ? `${file} stays as it is: ${off}` : undefined;
}

/**
 * A control's file without it.
 * @throws {Error} when it is misplaced: the table has to follow the source.
 */
export function switchedOff(root: string, control: Control): string {
  const problem = misplaced(root, control);
  if (problem !== undefined) throw new Error(problem);
  return textOf(root, control.file).replace(control.off, () => control.instead);
}

const textOf = (root: string, file: string): string => readFileSync(join(root, file), 'utf8');
