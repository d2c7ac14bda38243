import { maskText } from '@weft/connector-sdk';
import { isObject, type Json } from '@weft/json-schema';

/** Shorter texts would be found by chance in data that has nothing to do with them. */
const minSecretLength = 6;

/** The same value with every occurrence of these texts replaced; an untouched value stays the same object. */
export function maskSecrets<T extends Json>(value: T, secrets: readonly string[]): T {
  const sought = secrets.filter(({ length }) => length >= minSecretLength);
  if (sought.length === 0) return value;
  // Texts become texts, and the shape of lists and objects is kept.
  return maskValue(value, { secrets: sought, shortest: Math.min(...sought.map(({ length }) => length)) }) as T;
}

interface Sought {
  secrets: readonly string[];
  /** Most texts are shorter than any of them. */
  shortest: number;
}

const maskName = (name: string, { secrets, shortest }: Sought): string => (name.length < shortest ? name : maskText(name, secrets));

function maskValue(value: Json, sought: Sought): Json {
  if (typeof value === 'string') return value.length < sought.shortest ? value : maskText(value, sought.secrets);
  if (Array.isArray(value)) {
    const masked = value.map((item) => maskValue(item, sought));
    return masked.some((item, index) => item !== value[index]) ? masked : value;
  }
  if (!isObject(value)) return value;
  const masked = Object.entries(value).map(([name, item]) => [maskName(name, sought), maskValue(item, sought)] as const);
  return masked.some(([name, item]) => value[name] !== item) ? Object.fromEntries(masked) : value;
}
