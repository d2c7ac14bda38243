import type { FlowDocument } from '../document.ts';
import { namesOf } from '../kinds/parts.ts';

/**
 * A free, readable id made from any text: `HTTP request` → `httpRequest`, then `httpRequest2`. Names of loops count as
 * taken, so a new step never shadows one.
 */
export function uniqueStepId(flow: FlowDocument, base: string, alsoTaken: ReadonlySet<string> = new Set()): string {
  const taken = namesIn(flow);
  const stem = slugOf(base);
  const isFree = (id: string) => !taken.has(id) && !alsoTaken.has(id) && !(id in Object.prototype) && id !== 'prototype';
  if (isFree(stem)) return stem;
  const root = stem.replace(/\d+$/, '') || 'step';
  for (let number = 2; ; number++) if (isFree(`${root}${number}`)) return `${root}${number}`;
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
