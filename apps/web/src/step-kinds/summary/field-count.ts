import type { MappingDocument } from '@weft/mapping';
import i18next from 'i18next';

/** How much a mapping fills: "12 fields". */
export const fieldCount = (mapping: MappingDocument | undefined): string => i18next.t('step-kinds:summary.fields', { count: mapping?.rules.length ?? 0 });
