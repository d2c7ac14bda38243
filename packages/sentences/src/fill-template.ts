import { isolated } from './isolated.ts';

/**
 * A template with its `{{name}}` places filled; a place without a value stays as it is written. Values are not looked at
 * again, so braces in what a person typed stay what they are; names that are written from right to left turn nothing around them.
 */
export const fillTemplate = (template: string, values: Readonly<Record<string, string | number>>): string =>
  template.replaceAll(/\{\{(\w+)\}\}/g, (place, name: string) => (Object.hasOwn(values, name) ? isolated(String(values[name])) : place));
