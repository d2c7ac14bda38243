import type { Expressions } from '@weft/mapping';
import { useTranslation } from 'react-i18next';
import { chip } from './chip.ts';
import type { ChipProps, KindView } from './kind-view.ts';
import '../../words.ts';

export const table: KindView<Expressions['table']> = {
  choice: () => 'table',
  Chip: TableChip,
};

function TableChip({ expression }: ChipProps<Expressions['table']>) {
  const { t } = useTranslation('mapper');
  return <span className={`${chip} border-line bg-sunken`}>{t('tableNamed', { name: expression.table })}</span>;
}
