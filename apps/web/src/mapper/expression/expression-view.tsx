import type { Expression } from '@weft/mapping';
import { kindViewOf } from './kinds/kinds.ts';

interface ExpressionViewProps {
  expression: Expression;
}

/** An expression as chips in one line: fields, fixed values and functions can be told apart at a glance; the title says all. */
export const ExpressionView = ({ expression }: ExpressionViewProps) => <Chip expression={expression} inside={false} />;

const Part = ({ expression }: ExpressionViewProps) => <Chip expression={expression} inside />;

function Chip({ expression, inside }: ExpressionViewProps & { inside: boolean }) {
  const kind = kindViewOf(expression);
  return kind && <kind.Chip expression={expression} inside={inside} Part={Part} />;
}
