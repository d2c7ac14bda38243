import { schemaAt } from '@weft/json-schema';
import i18next from 'i18next';
import type { DropTarget } from '../canvas/drop-target.ts';
import { updateStep } from '../editor/commands/index.ts';
import { dispatch, openStep, useEditor } from '../editor/state/index.ts';
import { sendFile } from '../files/send-file.ts';
import { toast } from '../ui/index.ts';
import { addItem } from './add-item.ts';
import { streamItems, type StreamItem } from './items.ts';

/**
 * A file of the computer that was let go over the canvas: it goes to the workspace's files, and a loop goes through its records. Over
 * a loop that reads such files already, it becomes that loop's file.
 */
export async function dropFile(file: File, { workspace, target }: { workspace: string; target: DropTarget | undefined }): Promise<void> {
  const item = readerOf(file.name);
  if (item === undefined) {
    toast.info(i18next.t('palette:file.unknown', { name: file.name }));
    return;
  }
  const name = await sendFile(file, workspace);
  if (name !== null) place({ ...item, config: { file: name } }, target);
}

/** The source whose form shows a file with the same ending as its example. */
function readerOf(name: string): StreamItem | undefined {
  const items = streamItems(useEditor.getState().connectors, i18next.getFixedT(null, 'step-kinds'));
  return items.find(({ operation }) => {
    const field = schemaAt(operation.config ?? {}, ['file']);
    const [example] = field?.['x-widget'] === 'file' && Array.isArray(field.examples) ? field.examples : [];
    return typeof example === 'string' && endingOf(example) === endingOf(name);
  });
}

const endingOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1).toLowerCase();

function place(item: StreamItem, target: DropTarget | undefined): void {
  const over = target && 'loop' in target ? target.loop : undefined;
  const loop = over === undefined ? undefined : useEditor.getState().document.steps[over];
  if (over !== undefined && loop?.kind === 'forEach' && loop.source?.use.connector === item.connector.id) {
    const { source } = loop;
    dispatch(updateStep(over, { source: { ...source, config: { ...source.config, ...item.config } } }));
    openStep(over);
    return;
  }
  addItem(item, target && 'edge' in target ? { edge: target.edge } : undefined);
}
