import type { Expressions } from '@weft/mapping';
import { useTranslation } from 'react-i18next';
import { cx } from '../../../ui/index.ts';
import type { KindView } from './kind-view.ts';
import '../../words.ts';

export const constant: KindView<Expressions['const']> = {
  choice: () => 'constant',
  Chip: ({ expression }) => <ConstantChip value={expression.const} />,
};

function ConstantChip({ value }: { value: unknown }) {
  const { t } = useTranslation('mapper');
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text === '') return <span className="text-xs text-subtle italic">{t('emptyText')}</span>;
  return (
    <span className={cx('one-line text-xs whitespace-pre', typeof value === 'string' ? 'text-fg' : 'font-mono text-fg')} title={text}>
      {text}
    </span>
  );
}
