import { Braces, Calendar, CircleDashed, Hash, List, ToggleLeft, Type } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { FieldKind } from './shape.ts';
import '../words.ts';

/** A field's type as a small icon; its name is in the title and read aloud. */
export function KindIcon({ kind, format }: { kind: FieldKind; format?: string | undefined }) {
  const { t } = useTranslation('mapper');
  const date = kind === 'text' && (format === 'date' || format === 'date-time');
  const Icon = date ? Calendar : icons[kind];
  const name = t(`kind.${date ? 'date' : kind}`);
  return (
    <span className="inline-flex size-3.5 shrink-0 text-subtle" title={name}>
      <Icon aria-hidden="true" className="size-3.5" />
      <span className="sr-only">{name}</span>
    </span>
  );
}

const icons: Record<FieldKind, typeof Type> = {
  object: Braces,
  list: List,
  text: Type,
  number: Hash,
  integer: Hash,
  boolean: ToggleLeft,
  null: CircleDashed,
  any: CircleDashed,
  mixed: CircleDashed,
};
