import { joinPlaces, numberPlaces, type JsonSchema, type NumberPlaces } from '@weft/json-schema';
import type { MappingDocument, Rule } from '@weft/mapping';

/** Where a step's input holds numbers: where its target is said to be one, and where its mapping makes one on purpose. */
export const wantedNumbers = (mapping: MappingDocument | undefined, target: JsonSchema | undefined): NumberPlaces | undefined =>
  joinPlaces(numberPlaces(target), placesOf(mapping?.rules ?? []));

/** What reads a number from a text says that its result is one, however many digits it has. */
const readsNumbers = new Set(['toNumber', 'toInteger']);

function placesOf(rules: readonly Rule[]): NumberPlaces | undefined {
  return rules.reduce<NumberPlaces | undefined>((places, rule) => joinPlaces(places, placeOf(rule)), undefined);
}

function placeOf({ to, value, forEach, rules }: Rule): NumberPlaces | undefined {
  const items = forEach && rules ? placesOf(rules) : undefined;
  const isRead = value !== undefined && 'fn' in value && readsNumbers.has(value.fn);
  const here: NumberPlaces | undefined = items ? { items } : isRead ? (forEach ? { items: { isNumber: true } } : { isNumber: true }) : undefined;
  return here && to.toReversed().reduce<NumberPlaces>((inner, name) => ({ fields: { [name]: inner } }), here);
}
