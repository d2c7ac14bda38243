import type { NodeProps } from '@xyflow/react';
import { X } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { removeNotes, updateNote } from '../editor/commands/index.ts';
import { dispatch, useEditor } from '../editor/state/index.ts';
import { noteIdOf, type NoteNode as NoteNodeType } from './graph.ts';

/** A sticky note: text for people, which changes nothing about what runs. */
export const NoteNode = memo(function NoteNode({ id, selected }: NodeProps<NoteNodeType>) {
  const { t } = useTranslation('canvas');
  const noteId = noteIdOf(id) ?? '';
  const text = useEditor(({ document }) => document.notes.find((note) => note.id === noteId)?.text ?? '');
  const readOnly = useEditor((state) => state.readOnly);
  return (
    <div className="note" data-selected={selected || undefined}>
      <textarea
        aria-label={t('note.label')}
        placeholder={t('note.placeholder')}
        value={text}
        readOnly={readOnly}
        className="nodrag nowheel note-text"
        onChange={(event) => dispatch(updateNote(noteId, { text: event.target.value }))}
      />
      {!readOnly && (
        <button type="button" className="note-remove nodrag" aria-label={t('note.remove')} onClick={() => dispatch(removeNotes([noteId]))}>
          <X aria-hidden="true" className="size-3.5" />
        </button>
      )}
    </div>
  );
});
