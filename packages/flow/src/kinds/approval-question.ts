import { isObject, type Json, valueAt } from '@weft/json-schema';
import { isolated } from '@weft/sentences';

/** `{number}`, `{customer.name}`; double braces, as other products write them, mean the same. */
const place = /\{+([^{}]+)\}+/g;
const maxLetters = 200;

/** The fields that a question names: `May order {number} be shipped?` names `number`. */
export const questionFields = (question: string): string[] => [...new Set([...question.matchAll(place)].map(([, name = '']) => name.trim()))];

/** The question as the people who decide read it, with what they are shown in the places that name it; braces around anything else stay. */
export function filledQuestion(question: string, shown: Json): string {
  return question.replaceAll(place, (written, name: string) => {
    const value = fieldOf(shown, name.trim());
    return value === undefined ? written : isolated(textOf(value));
  });
}

/** A field by its name, which may have dots, or by the way to it. */
function fieldOf(shown: Json, name: string): Json | undefined {
  return isObject(shown) && Object.hasOwn(shown, name) ? shown[name] : valueAt(shown, name.split('.'));
}

function textOf(value: Json): string {
  if (value === null || value === '') return '–';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.length > maxLetters ? `${text.slice(0, maxLetters)}…` : text;
}
