import type { ObjectFieldTemplateProps } from '@rjsf/utils';
import { useFormSlots } from '../slots.ts';
import { group } from '../styles.ts';

/** The fields of an object, one below the other; a nested one stands in a box, named by its label. */
export function ObjectTemplate({ properties, fieldPathId, title, schema }: ObjectFieldTemplateProps) {
  const { texts } = useFormSlots();
  const fields = properties.filter((property) => !property.hidden).map((property) => property.content);
  const pureUnion = (schema.oneOf ?? schema.anyOf) !== undefined && fields.length === 0;
  if (pureUnion) return null;
  if (fieldPathId.path.length === 0) {
    return <div className="flex flex-col gap-4">{fields.length > 0 ? fields : <p className="text-xs text-subtle">{texts.noFields}</p>}</div>;
  }
  // An alternative that asks nothing more needs no box.
  if (fields.length === 0) return null;
  return (
    <fieldset id={fieldPathId.$id} aria-label={title} className={`${group} flex min-w-0 flex-col gap-3`}>
      {fields}
    </fieldset>
  );
}
