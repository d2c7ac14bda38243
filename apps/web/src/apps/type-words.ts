import type { JsonSchema } from '@weft/json-schema';
import type { TFunction } from 'i18next';

const formats = ['date-time', 'date', 'time', 'email', 'uri'] as const;
const maxChoices = 6;

/** What kind of value a schema takes, in words. */
export function typeWords(schema: JsonSchema, t: TFunction<'apps'>): string {
  if (schema['x-secret'] === true) return t('type.secret');
  if (schema['x-open'] === true) return t('type.described');
  const choices = choicesOf(schema);
  if (choices.length > 0) {
    const shown = choices.slice(0, maxChoices).map(String).join(', ');
    return t('type.choice', { values: choices.length > maxChoices ? `${shown}, …` : shown });
  }
  const format = formats.find((known) => known === schema.format);
  if (format !== undefined) return t(`type.${format}`);
  const [type] = [schema.type].flat().filter((one) => one !== 'null');
  if (type === 'array') {
    const { items } = schema;
    return typeof items === 'object' && Object.keys(items).length > 0 ? t('type.listOf', { of: typeWords(items, t) }) : t('type.array');
  }
  return type === undefined ? t('type.any') : t(`type.${type}`);
}

/** The values of a list to choose from, by their titles where they have any. */
function choicesOf({ enum: values, oneOf, anyOf }: JsonSchema): unknown[] {
  if (values !== undefined) return values;
  const options = oneOf ?? anyOf ?? [];
  const named = options.map((option) => (typeof option === 'object' && option.const !== undefined ? (option.title ?? option.const) : undefined));
  return named.includes(undefined) ? [] : named;
}
