import type { Expressions } from '@weft/mapping';
import { PathChip } from './path-chip.tsx';
import type { KindView } from './kind-view.ts';

export const path: KindView<Expressions['path']> = {
  choice: () => 'field',
  Chip: ({ expression, inside }) => <PathChip path={expression.path} inside={inside} />,
  firstPath: (expression) => expression.path,
};
