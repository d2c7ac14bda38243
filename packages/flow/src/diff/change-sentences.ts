import { isObject, type Json } from '@weft/json-schema';
import type { Said, SentenceRef, SentenceValue } from '@weft/sentences';
import { english, part, say } from '../sentences.en.ts';
import type { FieldChange } from './flow-diff.ts';

export const titled = (title: string): SentenceRef => part('flow.titled', { title });

/** One change is said at once, several are counted. */
export function stepChanged(title: string, fields: readonly FieldChange[]): Said {
  const [first, ...others] = fields;
  const step = titled(title);
  return first && others.length === 0 ? say('flow.diff.stepChanged', { step, change: first }) : say('flow.diff.stepChanges', { step, count: fields.length });
}

export function fieldChanged(path: readonly string[], before: Json | undefined, after: Json | undefined): Said {
  const field = fieldName(path, after ?? before);
  if (before === undefined) return isShort(after) ? say('flow.diff.set', { field, value: shown(after) }) : say('flow.diff.added', { field });
  if (after === undefined) return say('flow.diff.removed', { field });
  return isShort(before) && isShort(after)
    ? say('flow.diff.changedTo', { field, before: shown(before), after: shown(after) })
    : say('flow.diff.changed', { field });
}

export function orderChanged(path: readonly string[]): Said {
  const list = path.join('.');
  if (list === 'cases') return say('flow.diff.order.cases');
  return list === 'input.rules' ? say('flow.diff.order.rules') : say('flow.diff.order', { list: path.join(' › ') });
}

/** @param value - of it, now or before: rules and cases are called by what is in them. */
function fieldName(path: readonly string[], value: Json | undefined): SentenceValue {
  const [first = '', second] = path;
  if (first === 'config' && path.length > 1) return part('flow.diff.setting', { name: path.slice(1).join(' › ') });
  if (first === 'input' && second === 'rules' && isObject(value) && Array.isArray(value['to'])) {
    return value['to'].length === 0 ? part('flow.diff.mapping.whole') : part('flow.diff.mapping', { field: value['to'].join(' › ') });
  }
  if (first === 'cases' && isObject(value)) return part('flow.diff.case', { title: String(value['title']) });
  return ownName(path.join('.')) ?? ownName(first) ?? path.join(' › ');
}

function ownName(field: string): SentenceRef | undefined {
  const code = `flow.field.${field}`;
  return isSentence(code) ? part(code) : undefined;
}

/** Codes of fields have no places to fill. */
type FieldCode = Extract<keyof typeof english, `flow.field.${string}`>;
const isSentence = (code: string): code is FieldCode => Object.hasOwn(english, code);

const isShort = (value: Json | undefined): boolean => typeof value !== 'object' && String(value).length <= 60;
const shown = (value: Json | undefined): SentenceValue => (typeof value === 'string' ? part('flow.diff.text', { text: value }) : String(value));
