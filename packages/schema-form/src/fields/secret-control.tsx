import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { border, control, controlHeight, iconButton } from '../styles.ts';
import { shown, type Leaf } from './use-leaf.ts';

/** A secret: dots while typing, never given back by the server, so an empty box may mean "as it is". */
export function SecretControl({ leaf }: { leaf: Leaf }) {
  const [visible, setVisible] = useState(false);
  const { texts } = leaf.slots;
  const lines = leaf.schema['x-widget'] === 'textarea';
  const shared = {
    id: leaf.id,
    value: shown(leaf.value),
    placeholder: shown(leaf.schema.examples?.[0]) || undefined,
    readOnly: leaf.readOnly,
    'aria-label': leaf.title,
    'aria-invalid': leaf.invalid || undefined,
    'aria-describedby': leaf.describedBy,
    onBlur: leaf.blur,
  };
  if (lines) {
    return (
      <textarea
        {...shared}
        rows={4}
        className={`${control} ${border(leaf.invalid)} py-1.5 font-mono text-xs`}
        onChange={(event) => leaf.change(event.target.value === '' ? undefined : event.target.value)}
      />
    );
  }
  return (
    <span className="flex gap-1">
      <input
        {...shared}
        type={visible ? 'text' : 'password'}
        autoComplete="new-password"
        className={`${control} ${controlHeight} ${border(leaf.invalid)}`}
        onChange={(event) => leaf.change(event.target.value === '' ? undefined : event.target.value)}
      />
      <button
        type="button"
        className={iconButton}
        aria-label={`${visible ? texts.hide : texts.show} ${leaf.title}`}
        aria-pressed={visible}
        onClick={() => setVisible(!visible)}
      >
        {visible ? <EyeOff size={15} aria-hidden /> : <Eye size={15} aria-hidden />}
      </button>
    </span>
  );
}
