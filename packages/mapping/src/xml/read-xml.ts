import type { Json, JsonObject } from '@weft/json-schema';
import { say } from '../sentences.en.ts';
import { badXml, maxDepth } from './xml-error.ts';
import { isXmlName, notInXml } from './xml-names.ts';

export interface ReadXmlOptions {
  /** Elements that are lists however often they come. */
  lists?: ReadonlySet<string>;
  /** Called for each element. @throws to end it. */
  tick?(): void;
}

/** An element whose end is still to come. */
interface Open {
  name: string;
  fields: JsonObject;
  texts: string[];
  hasChildren: boolean;
}

/**
 * XML as fields: `{ order: { '@id': '7', line: ['a', 'b'] } }`. An element is its text, or an object as soon as it has attributes (`@id`) or
 * elements of its own, with its text under `#text`; one that comes several times is a list. Prefixes of namespaces stay in the names.
 *
 * One pass, and nothing is ever fetched or expanded: there are no document types here, so the five entities and the numbered ones are all there are.
 * @throws {MappingFault} `bad_xml`
 * @see https://www.w3.org/TR/xml/
 */
export function readXml(source: string, { lists, tick }: ReadXmlOptions = {}): JsonObject {
  const text = (source.startsWith('\ufeff') ? source.slice(1) : source).replaceAll(/\r\n?/g, '\n');
  const root: Open = { name: '', fields: {}, texts: [], hasChildren: false };
  const open: Open[] = [root];
  let at = 0;

  const fail = (why: string): never => {
    const line = text.slice(0, at).split('\n').length;
    throw badXml(say('mapping.xml.malformed', { line, why }));
  };

  /** What stands before `mark`; the place is behind it then. */
  const until = (mark: string, from: number): string => {
    const end = text.indexOf(mark, from);
    if (end === -1) return fail(`“${mark}” is missing`);
    at = end + mark.length;
    return text.slice(from, end);
  };

  const decoded = (written: string): string => {
    if (!written.includes('&')) return written;
    return written.replaceAll(/&([^;&]{0,10};?)/g, (_all, entity: string) =>
      entities[entity] ?? numbered(entity) ?? fail(`“&${entity}” is no entity that is known here`));
  };

  const attributesOf = (written: string, fields: JsonObject): void => {
    attribute.lastIndex = 0;
    while (attribute.lastIndex < written.length) {
      const [, name = '', double, single] = attribute.exec(written) ?? fail('an attribute is not written as name="value"');
      const value = double ?? single ?? '';
      if (value.includes('<')) fail('an attribute has a “<”');
      const key = `@${name}`;
      if (!isXmlName(name)) fail(`“${name}” is no name`);
      if (Object.hasOwn(fields, key)) fail(`the attribute ${name} is there twice`);
      fields[key] = decoded(value.replaceAll(/[\n\t]/g, ' '));
    }
  };

  const addText = (written: string): void => {
    const parent = open.at(-1) ?? root;
    if (parent === root) {
      if (/\S/.test(written)) fail('there is text outside of the elements');
    } else if (written !== '') parent.texts.push(written);
  };

  const close = (element: Open): void => {
    const parent = open.at(-1) ?? root;
    if (parent === root && root.hasChildren) fail('there is more than one outermost element');
    parent.hasChildren = true;
    addChild(parent.fields, element.name, valueOf(element), lists);
  };

  const startTag = (): void => {
    const tag = tagAt(text, at + 1) ?? fail('“>” is missing');
    const end = at + 1 + tag.length;
    const isEmpty = tag.endsWith('/');
    const inner = isEmpty ? tag.slice(0, -1) : tag;
    const [name = ''] = /^[^\s]*/.exec(inner) ?? [];
    if (!isXmlName(name)) fail(`“<${name.slice(0, 40)}” begins no element`);
    tick?.();
    const element: Open = { name, fields: {}, texts: [], hasChildren: false };
    attributesOf(inner.slice(name.length).trimEnd(), element.fields);
    at = end + 1;
    if (isEmpty) close(element);
    else if (open.push(element) > maxDepth + 1) throw badXml(say('mapping.xml.deep', { max: maxDepth }));
  };

  const endTag = (): void => {
    const name = until('>', at + 2).trimEnd();
    const element = open.length > 1 ? open.pop() : undefined;
    if (element?.name !== name) return fail(`</${name.slice(0, 40)}> ends no element that is open`);
    close(element);
  };

  while (at < text.length) {
    const next = text.indexOf('<', at);
    const written = text.slice(at, next === -1 ? undefined : next);
    addText(decoded(written));
    at = next === -1 ? text.length : next;
    if (next === -1) break;
    if (text.startsWith('<!--', at)) until('-->', at + 4);
    else if (text.startsWith('<![CDATA[', at)) {
      const data = until(']]>', at + 9);
      if (open.length === 1) fail('there is text outside of the elements');
      addText(data);
    } else if (text.startsWith('<?', at)) until('?>', at + 2);
    else if (text.startsWith('<!', at)) throw badXml(say('mapping.xml.doctype'));
    else if (text.startsWith('</', at)) endTag();
    else startTag();
  }
  if (open.length > 1) fail(`<${open.at(-1)?.name ?? ''}> is never closed`);
  if (!root.hasChildren) fail('there is no element');
  return root.fields;
}

/** What stands between `<` and `>`; a `>` within quotes is none. Undefined where it has no end. */
function tagAt(text: string, from: number): string | undefined {
  let quote = '';
  for (let at = from; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (quote !== '') {
      if (sign === quote) quote = '';
    } else if (sign === '>') return text.slice(from, at);
    else if (sign === '"' || sign === "'") quote = sign;
  }
  return undefined;
}

function valueOf({ fields, texts, hasChildren }: Open): Json {
  const text = texts.join('');
  if (!hasChildren && Object.keys(fields).length === 0) return text;
  // Between elements, blanks only set them out.
  if (hasChildren ? /\S/.test(text) : text !== '') fields['#text'] = text;
  return fields;
}

function addChild(fields: JsonObject, name: string, value: Json, lists: ReadonlySet<string> | undefined): void {
  const earlier = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (earlier === undefined) fields[name] = lists?.has(name) ? [value] : value;
  else if (Array.isArray(earlier)) earlier.push(value);
  else fields[name] = [earlier, value];
}

function numbered(entity: string): string | undefined {
  const [, hex, decimal] = /^#(?:x([0-9a-f]+)|([0-9]+));$/i.exec(entity) ?? [];
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  if (!Number.isInteger(code) || code > 0x10ffff) return undefined;
  const sign = String.fromCodePoint(code);
  return notInXml.test(sign) ? undefined : sign;
}

const entities: Readonly<Record<string, string | undefined>> = { 'lt;': '<', 'gt;': '>', 'amp;': '&', 'quot;': '"', 'apos;': "'" };

const attribute = /\s+([^\s=<>"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')/y;
