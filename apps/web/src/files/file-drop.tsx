import { FileDown } from 'lucide-react';
import { useRef, useState, type DragEvent, type ReactNode } from 'react';

export interface FileDropProps {
  /** What happens on letting go. */
  text: string;
  onFiles: (files: File[]) => void;
  children: ReactNode;
}

/** Takes files dragged from the computer anywhere over what is inside. A button must offer the same. */
export function FileDrop({ text, onFiles, children }: FileDropProps) {
  const [over, setOver] = useState(false);
  // Entering a child fires before leaving its parent: count, or it flickers.
  const depth = useRef(0);

  const track = (change: number) => {
    depth.current = Math.max(0, depth.current + change);
    setOver(depth.current > 0);
  };

  return (
    <div
      className="relative flex min-h-0 flex-1 flex-col"
      onDragEnter={(event) => carriesFiles(event) && track(1)}
      onDragLeave={(event) => carriesFiles(event) && track(-1)}
      onDragOver={(event) => carriesFiles(event) && event.preventDefault()}
      onDrop={(event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        track(-depth.current);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      {children}
      {over && (
        <div className="pointer-events-none absolute inset-3 z-40 flex items-center justify-center gap-3 rounded-lg border-2 border-dashed border-accent bg-[color-mix(in_oklab,var(--accent-soft)_88%,transparent)] text-lg font-medium text-accent-text">
          <FileDown aria-hidden="true" className="size-5" />
          {text}
        </div>
      )}
    </div>
  );
}

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');
