import type { Json } from '@weft/json-schema';
import { toast } from '../ui/index.ts';

/** Puts a text on the clipboard and says so; browsers refuse it on pages without https. */
export function copyText(text: string, t: (key: string) => string): void {
  if (!navigator.clipboard) {
    toast.error(t('copyFailed'));
    return;
  }
  navigator.clipboard.writeText(text).then(
    () => toast.success(t('copied')),
    () => toast.error(t('copyFailed')),
  );
}

/** A value as one would paste it: text without quotes, the rest as JSON. */
export const clipboardText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value, null, 2));

export function downloadJson(value: Json, name: string): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(value, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name.replace(/[^\p{L}\p{N}]+/gu, '-').toLowerCase() || 'data'}.json`;
  link.click();
  URL.revokeObjectURL(url);
}
