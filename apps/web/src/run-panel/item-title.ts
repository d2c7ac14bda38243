import type { TFunction } from 'i18next';
import { placeOf } from '@weft/flow';

/** "Item 4"; of a stream "Record 4", behind its first batch with the number of the batch. */
export function itemTitle(itemKey: string, t: TFunction<'run-panel'>): string {
  const { batch, index } = placeOf(itemKey);
  if (batch === undefined) return t('tree.item', { number: index + 1 });
  return batch === 0 ? t('stream.record', { number: index + 1 }) : t('stream.recordOf', { number: index + 1, batch: batch + 1 });
}
