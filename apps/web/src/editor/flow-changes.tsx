import { diffFlows, isEmptyDiff, type FlowDocument } from '@weft/flow';
import { useMemo, type ReactNode } from 'react';
import { sentenceOf } from '../locales/sentence-of.ts';
import { cx } from '../ui/index.ts';

interface FlowChangesProps {
  before: FlowDocument;
  after: FlowDocument;
  /** Shown when both do the same. */
  same: ReactNode;
}

/** What differs between two flows, a sentence each, in the order of the flow. */
export function FlowChanges({ before, after, same }: FlowChangesProps) {
  const diff = useMemo(() => diffFlows(before, after), [before, after]);
  if (isEmptyDiff(diff)) return <p className="text-sm text-muted">{same}</p>;
  return (
    <ul className="grid gap-1.5 text-sm">
      {diff.flow.map((field) => (
        <Line key={field.path.join('.')} tone="changed" text={sentenceOf(field)} />
      ))}
      {diff.steps.map((step) => (
        <Line key={step.stepId} tone={step.change} text={sentenceOf(step)}>
          {step.fields.length > 1 && (
            <ul className="mt-1 grid gap-0.5 text-xs text-muted">
              {step.fields.map((field) => (
                <li key={field.path.join('.')}>{sentenceOf(field)}</li>
              ))}
            </ul>
          )}
        </Line>
      ))}
      {diff.edges.map((one) => (
        <Line key={`${one.change} ${one.edge.from.join('.')} ${one.edge.to}`} tone={one.change} text={sentenceOf(one)} />
      ))}
    </ul>
  );
}

function Line({ tone, text, children }: { tone: 'added' | 'removed' | 'changed'; text: string; children?: ReactNode }) {
  return (
    <li className="flex gap-2">
      <span aria-hidden="true" className={cx('w-3 shrink-0 text-center font-semibold', tones[tone])}>
        {signs[tone]}
      </span>
      <div className="min-w-0">
        {text}
        {children}
      </div>
    </li>
  );
}

const signs = { added: '+', removed: '−', changed: '~' };
const tones = { added: 'text-ok-text', removed: 'text-danger-text', changed: 'text-warn-text' };
