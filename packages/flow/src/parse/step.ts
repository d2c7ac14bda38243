import { isObject } from '@weft/json-schema';
import { oneOf, refuse, type Read } from '@weft/json-schema/read';
import { say } from '../sentences.en.ts';
import type { Step } from '../document.ts';
import { kindNamed, kindNames } from '../kinds/kind-of.ts';

export const step: Read<Step> = (value, path, issues) => {
  if (!isObject(value)) return refuse(issues, path, 'type', say('flow.read.step'));
  const name = oneOf(...kindNames())(value['kind'], [...path, 'kind'], issues);
  const kind = name === undefined ? undefined : kindNamed(name);
  if (!kind) return undefined;
  const rest = kind.read(value, path, issues);
  // Read as the kind declares it, whose name is added here.
  return rest && ({ kind: name, ...rest } as Step);
};
