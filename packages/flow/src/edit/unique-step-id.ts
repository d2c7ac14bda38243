import type { FlowDocument } from '../document.ts';
import { namesOf, rootsReadBy } from '../kinds/parts-of.ts';

/**
 * A free, readable id made from any text: `HTTP request` → `httpRequest`, then `httpRequest2`. Names of loops count as
 * taken, so a new step never shadows one; so do names that something still reads, here or in a clipboard, so what read a step that is gone never
 * reads another.
 */
export function uniqueStepId(flow: FlowDocument, base: string, alsoTaken: ReadonlySet<string> = new Set()): string {
  return freeName(base, new Set([...namesTaken(flow), ...alsoTaken]));
}

/** The same beside names that are already known. */
export function freeName(base: string, taken: ReadonlySet<string>): string {
  const stem = slugOf(base);
  const isFree = (id: string) => !taken.has(id) && !(id in Object.prototype) && id !== 'prototype';
  if (isFree(stem)) return stem;
  const root = stem.replace(/\d+$/, '') || 'step';
  for (let number = 2; ; number++) if (isFree(`${root}${number}`)) return `${root}${number}`;
}

/** So many names of removed steps are remembered. */
export const maxRetired = 200;

/** Every name that a new step or item may not have: given to one, still read, or of one that was removed. */
export function namesTaken(flow: FlowDocument): Set<string> {
  const names = namesIn(flow);
  for (const name of flow.retired ?? []) names.add(name);
  for (const step of Object.values(flow.steps)) for (const name of rootsReadBy(step)) names.add(name);
  const { concurrency, runTitle } = flow.settings ?? {};
  for (const [root] of [concurrency?.key ?? [], runTitle ?? []]) if (root !== undefined) names.add(root);
  return names;
}

/** Every name a path may start with: steps, and what loops call their items. */
export function namesIn(flow: FlowDocument): Set<string> {
  const names = new Set(Object.keys(flow.steps));
  for (const step of Object.values(flow.steps)) for (const name of namesOf(step)) names.add(name);
  return names;
}

function slugOf(text: string): string {
  const plain = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll(/[ßøæœłđðþ]/giu, (letter) => latin[letter.toLowerCase()] ?? '');
  const words = plain.split(/[^A-Za-z0-9]+/).filter(Boolean);
  const joined = words.map((word, at) => (at === 0 ? lowerFirst(word) : upperFirst(word))).join('');
  const letters = joined.replace(/^\d+/, '').slice(0, 40);
  return letters === '' ? 'step' : letters;
}

/** Letters of Latin alphabets that Unicode does not take apart. */
const latin: Record<string, string> = { ß: 'ss', ø: 'o', æ: 'ae', œ: 'oe', ł: 'l', đ: 'd', ð: 'd', þ: 'th' };

const lowerFirst = (word: string) =>
  word === word.toUpperCase() ? word.toLowerCase() : word.charAt(0).toLowerCase() + word.slice(1);
const upperFirst = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
