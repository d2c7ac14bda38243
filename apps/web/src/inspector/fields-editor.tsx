import type { JsonSchema } from '@weft/json-schema';
import type { FieldName } from '@weft/mapping';
import { ChevronRight, Plus, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { controlClass, cx, IconButton } from '../ui/index.ts';
import {
  addField,
  changeAt,
  describedFields,
  fieldTypeOf,
  fieldTypeNamed,
  fieldTypes,
  freeFieldName,
  removeField,
  renameField,
  setFieldType,
  setItemType,
  setRequired,
  type DescribedField,
  type FieldType,
} from './logic/edit-schema.ts';
import './words.ts';

interface FieldsEditorProps {
  schema: JsonSchema;
  /** A field that was just added: its name is to be typed at once. */
  fresh?: string;
  /**
   * @param change.merge - the same for one series of keystrokes.
   * @param change.renamed - the field that has another name now, by what it was called, lists left out.
   */
  onChange: (schema: JsonSchema, change?: { merge?: string; renamed?: FieldName }) => void;
}

/** Fields with name, type and whether they are required; groups and lists open to the fields inside. */
export function FieldsEditor({ schema, fresh, onChange }: FieldsEditorProps) {
  return <Fields schema={schema} whole={schema} path={[]} fresh={fresh} onChange={onChange} />;
}

interface FieldsProps extends FieldsEditorProps {
  /** The part that is shown; `schema` for the root. */
  whole: JsonSchema;
  path: string[];
}

function Fields({ schema, whole, path, fresh, onChange }: FieldsProps) {
  const { t } = useTranslation('inspector');
  const fields = describedFields(schema);
  const [added, setAdded] = useState(fresh);
  return (
    <ul className={cx('flex min-w-0 flex-col gap-1', path.length > 0 && 'ml-3 border-l border-line pl-2')}>
      {fields.map((field, index) => (
        // A field's name changes while it is typed; its place does not.
        // oxlint-disable-next-line react/no-array-index-key
        <FieldRow key={index} field={field} whole={whole} path={path} isFresh={field.name === added} onChange={onChange} />
      ))}
      <li>
        <button
          type="button"
          className="inline-flex h-6 items-center gap-1 rounded-sm px-1 text-xs text-muted hover:bg-hover hover:text-fg"
          onClick={() => {
            const name = freeFieldName(schema);
            setAdded(name);
            onChange(changeAt(whole, path, (inner) => addField(inner, name, 'text')));
          }}
        >
          <Plus aria-hidden="true" className="size-3.5" /> {path.length === 0 ? t('fields.add') : t('fields.addInside', { name: path.at(-1) })}
        </button>
      </li>
    </ul>
  );
}

interface FieldRowProps extends Pick<FieldsProps, 'whole' | 'path' | 'onChange'> {
  field: DescribedField;
  isFresh: boolean;
}

function FieldRow({ field, whole, path, isFresh, onChange }: FieldRowProps) {
  const { t } = useTranslation('inspector');
  const [open, setOpen] = useState(path.length < 1);
  const { name, type, required } = field;
  const [draft, setDraft] = useState<string>();
  const nameInput = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isFresh) nameInput.current?.select();
  }, [isFresh]);
  const at = [...path, name];
  const items: FieldType | undefined = type === 'list' ? (typeof field.schema.items === 'object' ? fieldTypeOf(field.schema.items) : 'any') : undefined;
  const inside = type === 'object' || items === 'object';
  const change = (edit: (inner: JsonSchema) => JsonSchema): void => onChange(changeAt(whole, path, edit));
  const commit = (): void => {
    const next = draft?.trim();
    setDraft(undefined);
    if (next === undefined || next === name) return;
    let isFree = false;
    const after = changeAt(whole, path, (inner) => {
      isFree = next !== '' && !describedFields(inner).some((other) => other.name === next);
      return renameField(inner, name, next);
    });
    if (isFree) onChange(after, { renamed: { path: at, name: next } });
  };
  return (
    <li className="flex min-w-0 flex-col gap-1">
      <div className="flex min-w-0 items-center gap-1">
        <button
          type="button"
          aria-label={t(open ? 'fields.close' : 'fields.open', { name })}
          aria-expanded={open}
          className={cx('inline-flex size-6 shrink-0 items-center justify-center rounded-sm hover:bg-hover', !inside && 'invisible')}
          onClick={() => setOpen(!open)}
        >
          <ChevronRight aria-hidden="true" className={cx('size-3.5 text-subtle transition-transform', open && 'rotate-90')} />
        </button>
        <input
          ref={nameInput}
          aria-label={t('fields.name', { name })}
          className={cx(controlClass, 'h-7 flex-1 text-xs')}
          value={draft ?? name}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Enter') commit();
          }}
        />
        <span className="w-30 shrink-0">
          <select
            aria-label={t('fields.type', { name })}
            className={cx(controlClass, 'h-7 px-1 text-xs')}
            value={type}
            onChange={(event) => change((inner) => setFieldType(inner, name, fieldTypeNamed(event.target.value)))}
          >
            {fieldTypes.map((one) => (
              <option key={one} value={one}>
                {t(`fieldType.${one}`)}
              </option>
            ))}
          </select>
        </span>
        <label className="inline-flex h-6 min-w-6 shrink-0 items-center justify-center gap-1 px-1 text-xs text-muted" title={t('fields.requiredHint')}>
          <input
            type="checkbox"
            className="size-4 accent-(--accent)"
            checked={required}
            aria-label={t('fields.required', { name })}
            onChange={(event) => change((inner) => setRequired(inner, name, event.target.checked))}
          />
          <span aria-hidden="true">*</span>
        </label>
        <IconButton label={t('fields.remove', { name })} icon={<Trash2 />} className="size-6" onClick={() => change((inner) => removeField(inner, name))} />
      </div>
      {type === 'list' && (
        <label className="ml-6 flex items-center gap-2 text-xs text-muted">
          {t('fields.items')}
          <span className="w-32">
          <select
            className={cx(controlClass, 'h-6 px-1 text-xs')}
            value={items}
            onChange={(event) => change((inner) => setItemType(inner, name, fieldTypeNamed(event.target.value)))}
          >
            {fieldTypes
              .filter((one) => one !== 'list')
              .map((one) => (
                <option key={one} value={one}>
                  {t(`fieldType.${one}`)}
                </option>
              ))}
          </select>
          </span>
        </label>
      )}
      {inside && open && <Fields schema={field.schema} whole={whole} path={at} onChange={onChange} />}
    </li>
  );
}
