export { isValidForm, SchemaForm, type SchemaFormProps } from './schema-form.tsx';
export type { FieldError } from './errors.ts';
export type { FieldAddon, FieldWidget, FieldWidgetProps, FormField, LiveOptions } from './slots.ts';
export { englishTexts, type FormTexts } from './texts.ts';
export { schemaValidator } from './validator.ts';
