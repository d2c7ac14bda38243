import type { Json, JsonSchema } from '@weft/connector-sdk';
import { orNull, textOf, type Codec } from './codec.ts';

interface ListType {
  element: Codec<string>;
  /** Lists inside lists, as the column declares them; what is read goes by the value itself. */
  dimensions: number;
  /** Between two elements: a comma but for boxes. */
  delimiter: string;
}

/**
 * Lists of any depth. A text is taken as the server's own way of writing a list, `{a,b}`.
 * @see https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO
 */
export function listOf({ element, dimensions, delimiter }: ListType): Codec<string> {
  return {
    read: (text) => new ListReader(text, element, delimiter).list(),
    write: (value) => (Array.isArray(value) ? written(value, dimensions, element, delimiter) : textOf(value)),
    schema: nested(element.schema, dimensions),
    takes: element.takes && nested(element.takes, dimensions),
  };
}

function nested(item: JsonSchema, dimensions: number): JsonSchema {
  const list: JsonSchema = { type: 'array', items: orNull(item) };
  for (let depth = 1; depth < dimensions; depth += 1) Object.assign(list, { type: 'array', items: { ...list } });
  return list;
}

function written(list: readonly Json[], dimensions: number, element: Codec<string>, delimiter: string): string {
  const items = list.map((item) => {
    if (item === null) return element.ofNull === undefined ? 'NULL' : quoted(element.ofNull);
    // A column of JSON lists says by its dimensions where the list ends and the JSON begins.
    if (Array.isArray(item) && (dimensions > 1 || element.ofNull === undefined)) return written(item, dimensions - 1, element, delimiter);
    return quoted(element.write(item));
  });
  return `{${items.join(delimiter)}}`;
}

const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&')}"`;

/** Reads `{1,NULL,"a,b"}`, `{{1},{2}}` and `[2:3]={1,2}`, whose bounds are left out. */
class ListReader {
  private readonly text: string;
  private readonly element: Codec<string>;
  private readonly delimiter: string;
  private at: number;

  constructor(text: string, element: Codec<string>, delimiter: string) {
    this.text = text;
    this.element = element;
    this.delimiter = delimiter;
    this.at = text.startsWith('[') ? text.indexOf('=') + 1 : 0;
  }

  list(): Json[] {
    const items: Json[] = [];
    this.at += 1;
    if (this.text[this.at] === '}') {
      this.at += 1;
      return items;
    }
    for (;;) {
      items.push(this.text[this.at] === '{' ? this.list() : this.text[this.at] === '"' ? this.element.read(this.quoted()) : this.bare());
      const end = this.text[this.at];
      this.at += 1;
      if (end !== this.delimiter) return items;
    }
  }

  private bare(): Json {
    const from = this.at;
    while (this.at < this.text.length && this.text[this.at] !== this.delimiter && this.text[this.at] !== '}') this.at += 1;
    const text = this.text.slice(from, this.at);
    return text === 'NULL' ? null : this.element.read(text);
  }

  private quoted(): string {
    const from = (this.at += 1);
    let isEscaped = false;
    while (this.at < this.text.length && this.text[this.at] !== '"') {
      if (this.text[this.at] === '\\') {
        isEscaped = true;
        this.at += 1;
      }
      this.at += 1;
    }
    const text = this.text.slice(from, this.at);
    this.at += 1;
    return isEscaped ? text.replaceAll(/\\([\s\S])/g, '$1') : text;
  }
}
