import { schemaAt } from '@weft/json-schema';
import { type Expression, isIncomplete } from '@weft/mapping';
import { CornerDownRight, FunctionSquare, Split, TextCursorInput } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { previewOf } from '../data-view/index.ts';
import { Button, Popover, useFocusInto } from '../ui/index.ts';
import { ExpressionEditor } from './expression/expression-editor.tsx';
import { previewExpression } from './expression/expression-scope.ts';
import { FunctionPicker } from './expression/function-picker.tsx';
import { asKind, callOf, choiceOf } from './expression/new-expression.ts';
import { SourcePicker } from './expression/source-picker.tsx';
import { asWritten, isTokenText } from './expression/tokens.ts';
import { TokenText } from './expression/token-text.tsx';
import { valuesInside } from './mapper-model.ts';
import { useMapperContext } from './mapper-context.ts';
import { each, loopsAround } from './rules/places.ts';
import type { TargetRow } from './tree/target-tree.ts';
import './words.ts';

interface ValueEditorProps {
  row: TargetRow;
  name: string;
  expression: Expression | undefined;
  onChange: (expression: Expression | undefined) => void;
}

/** What goes into one field: ways to begin, or the value with its preview and what one does next with it. */
export function ValueEditor({ row, name, expression, onChange }: ValueEditorProps) {
  const { t } = useTranslation('mapper');
  const { model } = useMapperContext();
  const [structured, setStructured] = useState(false);
  const [picking, setPicking] = useState(false);
  const { place, focusInto } = useFocusInto<HTMLDivElement>();
  const begin = (beginning: Expression): void => {
    focusInto();
    onChange(beginning);
  };
  const text = (row.kind === 'text' || row.kind === 'any' || row.kind === 'mixed') && row.format === undefined && !('enum' in row.schema);
  if (!expression) {
    return (
      <div className="flex flex-col gap-2">
        <p className="text-xs text-muted">{t('noValueYet', { name })}</p>
        <div className="flex flex-wrap gap-2">
          <Popover className="p-0!" open={picking} onOpenChange={setPicking} trigger={<Button size="sm" variant="primary" icon={<CornerDownRight />}>{t('startField')}</Button>}>
            <SourcePicker
              onPick={(picked) => {
                setPicking(false);
                begin(picked);
              }}
            />
          </Popover>
          <Button size="sm" onClick={() => begin(row.kind === 'boolean' ? { const: true } : { const: '' })}>
            {t('startConstant')}
          </Button>
          {text && (
            <Button size="sm" onClick={() => begin({ fn: 'concat', args: [{ const: '' }] })}>
              {t('startText')}
            </Button>
          )}
        </div>
      </div>
    );
  }
  return (
    <div ref={place} className="flex min-w-0 flex-col gap-2">
      {text && !structured && isTokenText(expression) && 'fn' in expression ? (
        <div className="flex items-start gap-1">
          <TokenText label={name} expression={expression} onChange={(next) => onChange(asWritten(next))} lines={row.schema['x-widget'] === 'textarea'} className="flex-1" />
          <Button size="sm" variant="ghost" onClick={() => setStructured(true)}>
            {t('moreWays')}
          </Button>
        </div>
      ) : (
        <ExpressionEditor label={name} expression={expression} schema={schemaAt(model.target, targetPath(row))} onChange={onChange} onRemove={() => onChange(undefined)} />
      )}
      <PreviewLine expression={expression} row={row} />
      <WaysToGoOn expression={expression} text={text} onChange={onChange} />
    </div>
  );
}

/** What one most often does next with a value, in plain sight. */
function WaysToGoOn({ expression, text, onChange }: { expression: Expression; text: boolean; onChange: (expression: Expression) => void }) {
  const { t } = useTranslation('mapper');
  const { model } = useMapperContext();
  const [picking, setPicking] = useState(false);
  return (
    <div className="flex flex-wrap gap-1">
      <Popover className="p-0!" open={picking} onOpenChange={setPicking} trigger={<Button size="sm" variant="ghost" icon={<FunctionSquare />}>{t('applyFunction')}</Button>}>
        <FunctionPicker
          onPick={(fn) => {
            setPicking(false);
            onChange(callOf(fn, expression, Object.keys(model.document.tables ?? {})));
          }}
        />
      </Popover>
      {text && choiceOf(expression) !== 'text' && (
        <Button size="sm" variant="ghost" icon={<TextCursorInput />} onClick={() => onChange(asKind('text', expression))}>
          {t('addText')}
        </Button>
      )}
      {choiceOf(expression) !== 'if' && (
        <Button size="sm" variant="ghost" icon={<Split />} onClick={() => onChange(asKind('if', expression))}>
          {t('addIf')}
        </Button>
      )}
    </div>
  );
}

const targetPath = (row: TargetRow): string[] => row.place.map((segment) => (segment === each ? '0' : segment));

/** What the value is on the sample that is looked at. */
function PreviewLine({ expression, row }: { expression: Expression; row: TargetRow }) {
  const { t } = useTranslation('mapper');
  const { model, itemAt } = useMapperContext();
  const loops = loopsAround(model.document, row.place);
  const { value, error } = previewExpression(expression, valuesInside(model.values, loops, itemAt), model.timezone);
  return (
    <p className="flex min-w-0 items-baseline gap-2 rounded-md bg-sunken px-2.5 py-1.5 text-xs">
      <span className="shrink-0 font-medium text-subtle">{t('result')}</span>
      {isIncomplete(expression) ? <i className="text-subtle">{t('incomplete')}</i> : error !== undefined ? <span className="text-danger-text">{error}</span> : value === undefined ? <i className="text-subtle">{t('noValue')}</i> : <span className="one-line">{previewOf(value, 400)}</span>}
    </p>
  );
}

