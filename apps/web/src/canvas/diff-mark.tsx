import { Minus, Pencil, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useEditor, type ChangeMark } from '../editor/state/index.ts';
import { cx } from '../ui/index.ts';

/** What became of the step since the version on the canvas: a sign and a word, for who cannot tell the colours apart. */
export function DiffMark({ id }: { id: string }) {
  const { t } = useTranslation('canvas');
  const mark = useEditor(({ shelved }) => shelved?.marks.steps[id]);
  if (!mark) return null;
  const { icon: Icon, tone } = marks[mark];
  return (
    <span className={cx('run-mark', tone)}>
      <Icon aria-hidden="true" className="size-3" />
      {t(`diff.${mark}`)}
    </span>
  );
}

const marks: Record<ChangeMark, { icon: typeof Plus; tone: string }> = {
  added: { icon: Plus, tone: 'bg-ok-soft text-ok-text' },
  changed: { icon: Pencil, tone: 'bg-warn-soft text-warn-text' },
  removed: { icon: Minus, tone: 'bg-danger-soft text-danger-text' },
};
