import type { Expressions } from '@weft/mapping';
import { useTranslation } from 'react-i18next';
import { chip } from './chip.ts';
import type { ChipProps, KindView } from './kind-view.ts';
import '../../words.ts';

export const position: KindView<Expressions['index']> = {
  choice: () => 'index',
  Chip: PositionChip,
};

function PositionChip({ expression }: ChipProps<Expressions['index']>) {
  const { t } = useTranslation('mapper');
  return <span className={`${chip} border-line bg-sunken`}>{t('positionOf', { name: expression.index })}</span>;
}
