import type { Json } from '@weft/json-schema';
import { LoaderCircle, RotateCw } from 'lucide-react';
import { useState } from 'react';
import type { LiveOptions } from '../slots.ts';
import { quietButton } from '../styles.ts';
import { ChoiceControl } from './choice-control.tsx';
import { TextControl } from './text-control.tsx';
import { shown, type Leaf } from './use-leaf.ts';

/** Choices read from the other side; typing stays possible, since the other side may be away or the list incomplete. */
export function LiveChoiceControl({ leaf, options }: { leaf: Leaf; options: LiveOptions }) {
  const { texts } = leaf.slots;
  const [typing, setTyping] = useState(false);
  const listed = options.status === 'ready' && options.items.length > 0;
  const showList = listed && !typing;
  return (
    <div className="flex flex-col gap-1">
      {showList ? (
        <ChoiceControl leaf={leaf} choices={options.items} />
      ) : (
        <TextControl leaf={{ ...leaf, change: (value) => leaf.change(typed(value, leaf)) }} placeholder={shown(leaf.schema.examples?.[0])} />
      )}
      <div className="flex min-h-5 items-center gap-2 text-xs text-subtle">
        {options.status === 'loading' && (
          <output className="inline-flex items-center gap-1">
            <LoaderCircle size={12} className="animate-spin" aria-hidden /> {texts.loading}
          </output>
        )}
        {options.status === 'waiting' && options.message}
        {options.status === 'ready' && !listed && texts.noOptions}
        {options.status === 'failed' && (
          <span role="alert" className="text-warn-text">
            {options.message ?? texts.optionsFailed}
          </span>
        )}
        {options.retry && (options.status === 'failed' || listed) && (
          <button type="button" className={quietButton} onClick={options.retry}>
            <RotateCw size={12} aria-hidden /> {options.status === 'failed' ? texts.retry : texts.reload}
          </button>
        )}
        {listed && (
          <button type="button" className={quietButton} onClick={() => setTyping(!typing)}>
            {typing ? texts.chooseInstead : texts.typeInstead}
          </button>
        )}
      </div>
    </div>
  );
}

function typed(value: Json | undefined, leaf: Leaf): Json | undefined {
  const types = [leaf.schema.type].flat();
  const numeric = types.includes('number') || types.includes('integer');
  return numeric && typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
}
