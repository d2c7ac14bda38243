import { lazy, Suspense, type ReactNode } from 'react';
import { openDialog, useEditor, useEditorView, useTestQuestion } from './state/index.ts';

const BeforeTestDialog = lazy(async () => ({ default: (await import('./before-test-dialog.tsx')).BeforeTestDialog }));
const ConflictDialog = lazy(async () => ({ default: (await import('./conflict-dialog.tsx')).ConflictDialog }));
const DeleteDialog = lazy(async () => ({ default: (await import('./delete-dialog.tsx')).DeleteDialog }));
const PublishDialog = lazy(async () => ({ default: (await import('./publish-dialog.tsx')).PublishDialog }));
const PublishedDialog = lazy(async () => ({ default: (await import('./published-dialog.tsx')).PublishedDialog }));
const ProblemsSheet = lazy(async () => ({ default: (await import('./problems-sheet.tsx')).ProblemsSheet }));
const VersionsSheet = lazy(async () => ({ default: (await import('./versions-sheet.tsx')).VersionsSheet }));
const ShortcutsDialog = lazy(async () => ({ default: (await import('./shortcuts-dialog.tsx')).ShortcutsDialog }));
const SettingsDialog = lazy(async () => ({ default: (await import('./settings-dialog.tsx')).SettingsDialog }));
const ExportDialog = lazy(async () => ({ default: (await import('../flows/export-dialog.tsx')).ExportDialog }));

/** One dialog of the editor at a time, loaded when it is first needed; questions about a conflict and before a test come by themselves. */
export function EditorDialogs({ flowId }: { flowId: string }) {
  const dialog = useEditorView((state) => state.dialog);
  const isInConflict = useEditor(({ theirs }) => theirs !== undefined);
  const testAsked = useTestQuestion(({ asked }) => asked !== null);
  const title = useEditor(({ document }) => document.title);
  const dialogs: Record<NonNullable<typeof dialog>, ReactNode> = {
    publish: <PublishDialog flowId={flowId} />,
    published: <PublishedDialog flowId={flowId} />,
    versions: <VersionsSheet flowId={flowId} />,
    problems: <ProblemsSheet />,
    shortcuts: <ShortcutsDialog />,
    settings: <SettingsDialog />,
    export: <ExportDialog flow={{ id: flowId, title }} open onClose={() => openDialog(null)} />,
    delete: <DeleteDialog flowId={flowId} />,
  };
  return (
    <>
      <Suspense>{dialog !== null && dialogs[dialog]}</Suspense>
      <Suspense>{testAsked && <BeforeTestDialog />}</Suspense>
      <Suspense>{isInConflict && <ConflictDialog />}</Suspense>
    </>
  );
}
