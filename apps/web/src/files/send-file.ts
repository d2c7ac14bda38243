import i18next from 'i18next';
import { call, messageOf, upload } from '../api/index.ts';
import { ask, toast } from '../ui/index.ts';
import './words.ts';

/** For the ids of messages. */
let last = 0;

/**
 * Sends a file that a step shall read. How far it is stands in a message, where it can be cancelled; a file of the same name is only
 * replaced when the person says so.
 * @returns its name; null when it did not get there, which was told.
 */
export async function sendFile(file: File, workspace: string): Promise<string | null> {
  const abort = new AbortController();
  const message = `upload ${(last += 1)}`;
  const showPart = (part: number) =>
    toast.loading(i18next.t('files:sending', { name: file.name, part: Math.round(part * 100) }), {
      id: message,
      duration: Number.POSITIVE_INFINITY,
      action: { label: i18next.t('files:cancel'), onClick: () => abort.abort() },
    });
  try {
    if (!(await mayReplace(file.name, workspace))) return null;
    showPart(0);
    const { name } = await upload({ workspace, file, onProgress: showPart, signal: abort.signal });
    toast.dismiss(message);
    return name;
  } catch (error) {
    if (abort.signal.aborted) toast.dismiss(message);
    else toast.error(`${file.name}: ${messageOf(error)}`, { id: message, duration: 8_000, action: undefined });
    return null;
  }
}

async function mayReplace(name: string, workspace: string): Promise<boolean> {
  const { files } = await call('GET /w/:workspace/files', { params: { workspace } });
  if (!files.some((file) => file.name.normalize('NFC') === name.normalize('NFC'))) return true;
  return ask({
    title: i18next.t('files:replace.title', { count: 1, name }),
    text: i18next.t('files:replace.text'),
    confirmLabel: i18next.t('files:replace.action'),
  });
}
