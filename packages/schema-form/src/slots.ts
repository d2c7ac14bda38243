import type { Json, JsonSchema } from '@weft/json-schema';
import { createContext, useContext, type ComponentType, type ReactNode } from 'react';
import { englishTexts, type FormTexts } from './texts.ts';

/** One field as the host sees it. */
export interface FormField {
  /** From the form's root; positions in lists are digits. */
  path: string[];
  schema: JsonSchema;
  title: string;
  required: boolean;
}

/** What the host puts at a field. */
export interface FieldAddon {
  /** In the label's row, at its end: a toggle, a menu. */
  beside?: ReactNode;
  /** Takes the place of the control: a chip instead of a text box. */
  instead?: ReactNode;
  /** Below the control: a preview of the value. */
  below?: ReactNode;
}

/** Choices read live from the other side. */
export interface LiveOptions {
  status: 'waiting' | 'loading' | 'ready' | 'failed';
  items: { value: Json; title: string }[];
  /** With `waiting`: what must be filled first; with `failed`: what went wrong. */
  message?: string;
  retry?(): void;
}

/** A control of the host for one `x-widget` (cron, file …). */
export interface FieldWidgetProps {
  id: string;
  path: string[];
  title: string;
  schema: JsonSchema;
  value: Json | undefined;
  onChange(value: Json | undefined): void;
  onBlur(): void;
  readOnly: boolean;
  invalid: boolean;
  describedBy: string | undefined;
}

export type FieldWidget = ComponentType<FieldWidgetProps>;

/**
 * What travels beside rjsf's own props. A context, because rjsf compares props deeply and treats all functions as equal:
 * a closure passed as a prop would go stale.
 */
export interface FormSlots {
  fieldAddon?(field: FormField): FieldAddon | undefined;
  errorsAt(path: readonly string[]): string[];
  touch(path: readonly string[]): void;
  options?(path: string[], schema: JsonSchema): LiveOptions | undefined;
  widgets: Record<string, FieldWidget>;
  readOnly: boolean;
  texts: FormTexts;
}

export const FormSlotsContext = createContext<FormSlots>({
  errorsAt: () => [],
  touch: () => undefined,
  widgets: {},
  readOnly: false,
  texts: englishTexts,
});

export const useFormSlots = (): FormSlots => useContext(FormSlotsContext);

/** Around the entries of a list: what the list is called. Entries that have no title of their own are called after it. */
export const ListTitleContext = createContext('');
