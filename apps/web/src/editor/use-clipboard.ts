import { useEffect } from 'react';
import { copiedText, cutSelection, pasteText } from './selection-actions.ts';
import { useEditor } from './state/index.ts';

/** Steps go through the system's clipboard as JSON, so they reach other flows, other windows and other people. */
export function useClipboard(): void {
  useEffect(() => {
    const onCopy = (event: ClipboardEvent) => {
      const text = isForCanvas(event) ? copiedText() : undefined;
      if (text === undefined) return;
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
      if (event.type === 'cut' && !useEditor.getState().readOnly) cutSelection();
    };
    const onPaste = (event: ClipboardEvent) => {
      if (!isForCanvas(event) || useEditor.getState().readOnly) return;
      if (pasteText(event.clipboardData?.getData('text/plain') ?? '')) event.preventDefault();
    };
    document.addEventListener('copy', onCopy);
    document.addEventListener('cut', onCopy);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('cut', onCopy);
      document.removeEventListener('paste', onPaste);
    };
  }, []);
}

/** Selected text, text fields and dialogs keep what belongs to them. */
function isForCanvas(event: ClipboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : document.body;
  if (target.closest('input, textarea, [contenteditable="true"], dialog, [role="dialog"]')) return false;
  return document.getSelection()?.isCollapsed !== false;
}
