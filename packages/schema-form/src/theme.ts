import type { ThemeProps } from '@rjsf/core';
import { BooleanField } from './fields/boolean-field.tsx';
import { ChoicesWidget } from './fields/choices-widget.tsx';
import { UntypedField } from './fields/json-field.tsx';
import { NumberField } from './fields/number-field.tsx';
import { ArrayField, ObjectField } from './fields/object-field.tsx';
import { StringField } from './fields/string-field.tsx';
import { VariantField } from './fields/variant-field.tsx';
import { ArrayItemTemplate, ArrayTemplate } from './templates/array-template.tsx';
import { FieldTemplate } from './templates/field-template.tsx';
import { ObjectTemplate } from './templates/object-template.tsx';

/** Weft's look and controls for rjsf. Leaves are fields, not widgets: one reading of rjsf's props, in use-leaf.ts. */
export const theme: Required<Pick<ThemeProps, 'fields' | 'templates' | 'widgets'>> = {
  fields: {
    StringField,
    NumberField,
    BooleanField,
    ObjectField,
    ArrayField,
    OneOfField: VariantField,
    AnyOfField: VariantField,
    FallbackField: UntypedField,
  },
  widgets: { SelectWidget: ChoicesWidget },
  templates: {
    FieldTemplate,
    ObjectFieldTemplate: ObjectTemplate,
    ArrayFieldTemplate: ArrayTemplate,
    ArrayFieldItemTemplate: ArrayItemTemplate,
    WrapIfAdditionalTemplate: ({ children }) => children,
  },
};
