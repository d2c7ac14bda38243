import { useRef, type ReactNode } from 'react';

export interface FilePickerOptions {
  /** As in `<input accept>`. */
  accept?: string;
  multiple?: boolean;
  onFiles: (files: File[]) => void;
}

export interface FilePicker {
  /** To be rendered anywhere; nothing is seen of it. */
  input: ReactNode;
  /** Opens the browser's own dialog. */
  choose: () => void;
}

/** The browser's own dialog for choosing files, behind any button. */
export function useFilePicker({ accept, multiple, onFiles }: FilePickerOptions): FilePicker {
  const element = useRef<HTMLInputElement>(null);
  const input = (
    <input
      ref={element}
      type="file"
      hidden
      accept={accept}
      multiple={multiple}
      onChange={({ target }) => {
        onFiles([...(target.files ?? [])]);
        // So that the same file can be chosen again.
        target.value = '';
      }}
    />
  );
  return { input, choose: () => element.current?.click() };
}
