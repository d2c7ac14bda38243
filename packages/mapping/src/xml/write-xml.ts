import { isObject, type Json, type JsonObject } from '@weft/json-schema';
import { say } from '../sentences.en.ts';
import { badXml, maxDepth } from './xml-error.ts';
import { isXmlName, notInXml } from './xml-names.ts';

/**
 * Fields as XML, as `readXml` gives them: what it wrote reads the same again. Null is an empty element, numbers and true or false are their texts, a
 * list is its items one after the other.
 * @throws {MappingFault} `bad_xml` for what XML cannot say.
 */
export function writeXml(value: Json): string {
  const [[name, root] = ['', null], ...others] = isObject(value) ? Object.entries(value) : [];
  if (name === '' || others.length > 0 || Array.isArray(root)) throw badXml(say('mapping.xml.oneRoot'));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${elements(name, root, 1)}`;
}

function elements(name: string, value: Json, depth: number): string {
  if (Array.isArray(value)) return value.map((item) => oneOf(name, item, depth)).join('');
  return oneOf(name, value, depth);
}

function oneOf(name: string, value: Json, depth: number): string {
  if (Array.isArray(value)) throw badXml(say('mapping.xml.listInList', { name }));
  if (!isXmlName(name)) throw badXml(say('mapping.xml.name', { name }));
  if (depth > maxDepth) throw badXml(say('mapping.xml.deep', { max: maxDepth }));
  const { attributes, content } = isObject(value) ? partsOf(value, depth) : { attributes: '', content: escaped(value, inText) };
  return content === '' ? `<${name}${attributes}/>` : `<${name}${attributes}>${content}</${name}>`;
}

function partsOf(fields: JsonObject, depth: number): { attributes: string; content: string } {
  let [attributes, text, children] = ['', '', ''];
  for (const [key, value] of Object.entries(fields)) {
    if (key === '#text') text = escaped(plain(key, value), inText);
    else if (key.startsWith('@')) attributes += attribute(key.slice(1), plain(key, value));
    else children += elements(key, value, depth + 1);
  }
  return { attributes, content: text + children };
}

/** One that is null is left out: an attribute is there, or it is not. */
function attribute(name: string, value: string | number | boolean | null): string {
  if (!isXmlName(name)) throw badXml(say('mapping.xml.name', { name }));
  return value === null ? '' : ` ${name}="${escaped(value, inAttribute)}"`;
}

function plain(name: string, value: Json): string | number | boolean | null {
  if (typeof value === 'object' && value !== null) throw badXml(say('mapping.xml.notPlain', { name }));
  return value;
}

function escaped(value: string | number | boolean | null, signs: RegExp): string {
  const text = value === null ? '' : String(value);
  if (notInXml.test(text)) throw badXml(say('mapping.xml.sign'));
  return text.replaceAll(signs, (sign) => named[sign] ?? `&#${sign.charCodeAt(0)};`);
}

const [inText, inAttribute] = [/[&<>\r]/g, /[&<>"\t\n\r]/g];
const named: Readonly<Record<string, string | undefined>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
