import type { ArrayFieldItemTemplateProps, ArrayFieldTemplateProps } from '@rjsf/utils';
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useContext } from 'react';
import { ListTitleContext, useFormSlots } from '../slots.ts';
import { group, iconButton, quietButton } from '../styles.ts';

/** A list: its items, and a button that adds one. */
export function ArrayTemplate({ items, canAdd, onAddClick, title, fieldPathId, disabled, readonly }: ArrayFieldTemplateProps) {
  const slots = useFormSlots();
  const locked = slots.readOnly || disabled || readonly;
  return (
    <fieldset id={fieldPathId.$id} aria-label={title} className="flex min-w-0 flex-col gap-2">
      <ListTitleContext value={title}>{items}</ListTitleContext>
      {canAdd && (
        <button type="button" className={`${quietButton} self-start`} disabled={locked} aria-label={slots.texts.add(title)} onClick={onAddClick}>
          <Plus size={14} aria-hidden /> {slots.texts.addEntry}
        </button>
      )}
    </fieldset>
  );
}

/** One item with its buttons. Forms stand in a box, plain values in a row. */
export function ArrayItemTemplate({ children, buttonsProps, index, schema, hasToolbar }: ArrayFieldItemTemplateProps) {
  const { texts, readOnly } = useFormSlots();
  const listTitle = useContext(ListTitleContext);
  const name = texts.item(schema.title ?? listTitle, index + 1).trim();
  const boxed = schema.type === 'object' || schema.type === 'array';
  const buttons = hasToolbar && !readOnly && (
    <span className="flex shrink-0">
      {buttonsProps.hasMoveUp && (
        <button type="button" className={iconButton} aria-label={texts.moveUp(name)} onClick={buttonsProps.onMoveUpItem}>
          <ArrowUp size={14} aria-hidden />
        </button>
      )}
      {buttonsProps.hasMoveDown && (
        <button type="button" className={iconButton} aria-label={texts.moveDown(name)} onClick={buttonsProps.onMoveDownItem}>
          <ArrowDown size={14} aria-hidden />
        </button>
      )}
      {buttonsProps.hasRemove && (
        <button type="button" className={iconButton} aria-label={texts.remove(name)} onClick={buttonsProps.onRemoveItem}>
          <Trash2 size={14} aria-hidden />
        </button>
      )}
    </span>
  );
  if (!boxed) {
    return (
      <div className="flex items-start gap-1">
        <div className="min-w-0 grow">{children}</div>
        {buttons}
      </div>
    );
  }
  return (
    <div className={`${group} flex flex-col gap-2`}>
      <div className="flex items-center justify-between">
        <span className="text-xs font-medium text-subtle">{name}</span>
        {buttons}
      </div>
      {children}
    </div>
  );
}
