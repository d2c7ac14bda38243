import type { Expression } from '@weft/mapping';
import { Plus, X } from 'lucide-react';
import { useEffect, useRef, useState, type ChangeEvent, type FocusEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { controlClass, cx, Popover } from '../../ui/index.ts';
import { describeExpression } from './describe-expression.ts';
import { useExpressionScope } from './expression-scope.ts';
import { ExpressionView } from './expression-view.tsx';
import { SourcePicker } from './source-picker.tsx';
import { behindInserted, behindRemoved, fromTokens, insertAt, toTokens, type Caret, type Token } from './tokens.ts';
import '../words.ts';

interface TokenTextProps {
  label: string;
  /** A path, a fixed text, or texts and fields put together. */
  expression: Expression;
  onChange: (expression: Expression) => void;
  /** Texts of several lines, as in an e-mail. */
  lines?: boolean;
  className?: string;
}

/** Text with fields in between: `Order ` [id] ` for ` [name]. Typing goes on around the chips; Backspace takes a chip away. */
export function TokenText({ label, expression, onChange, lines = false, className }: TokenTextProps) {
  const Text = lines ? 'textarea' : 'input';
  const { t } = useTranslation('mapper');
  const scope = useExpressionScope();
  const [picking, setPicking] = useState(false);
  /** Where typing stopped: a field goes in there. */
  const [caret, setCaret] = useState<Caret>();
  const box = useRef<HTMLFieldSetElement>(null);
  /** Where typing goes on once the text is drawn anew. */
  const next = useRef<Caret>(undefined);
  const goOn = (): HTMLElement | null => {
    const at = next.current;
    const field = at && box.current?.querySelector<HTMLInputElement | HTMLTextAreaElement>(`[data-token="${at.token}"]`);
    if (!field) return null;
    next.current = undefined;
    field.focus();
    field.setSelectionRange(at.offset, at.offset);
    return field;
  };
  useEffect(() => {
    if (!picking) goOn();
  });
  const tokens = toTokens(expression);
  const change = (changed: Token[], goOnAt?: Caret): void => {
    next.current = goOnAt;
    onChange(fromTokens(changed));
  };
  const remove = (chip: number): void => change(tokens.filter((_, at) => at !== chip), behindRemoved(tokens, chip));
  const setText = (index: number, text: string): void => change(tokens.map((token, at) => (at === index ? { text } : token)));
  return (
    <fieldset ref={box} aria-label={label} className={cx(controlClass, 'relative flex min-h-8 gap-y-0.5 py-0.5 pr-8 pl-1.5 focus-within:border-accent', lines ? 'flex-col items-start' : 'flex-wrap items-center', className)}>
      {tokens.map((token, index) =>
        'text' in token ? (
          <Text
            // Texts and chips alternate: the position is the identity.
            // oxlint-disable-next-line react/no-array-index-key
            key={index}
            data-token={index}
            aria-label={t('textPart', { label, number: index / 2 + 1 })}
            value={token.text}
            onBlur={(event: FocusEvent<HTMLInputElement | HTMLTextAreaElement>) => setCaret({ token: index, offset: event.target.selectionStart ?? token.text.length })}
            onChange={(event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => setText(index, event.target.value)}
            onKeyDown={(event: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>) => {
              if (event.key === 'Backspace' && event.currentTarget.selectionStart === 0 && event.currentTarget.selectionEnd === 0 && index > 0) {
                event.preventDefault();
                remove(index - 1);
              }
            }}
            {...(lines && { rows: 1 })}
            className={cx('field-sizing-content min-w-1.5 bg-transparent text-sm outline-none', lines ? 'w-full resize-none py-0.5' : 'h-6', index === tokens.length - 1 && !lines && 'min-w-8 flex-1')}
          />
        ) : (
          // oxlint-disable-next-line react/no-array-index-key
          <span key={index} className="inline-flex max-w-full min-w-0 items-center">
            <ExpressionView expression={token.expression} />
            <button
              type="button"
              aria-label={t('removePart', { part: describeExpression(token.expression, scope) })}
              className="inline-flex size-6 items-center justify-center rounded-sm text-subtle hover:bg-hover hover:text-fg"
              onClick={() => remove(index)}
            >
              <X aria-hidden="true" className="size-3" />
            </button>
          </span>
        ),
      )}
      <Popover
        open={picking}
        onOpenChange={setPicking}
        align="end"
        className="p-0!"
        finalFocus={() => goOn() ?? box.current?.querySelector<HTMLElement>('[data-token]:focus') ?? null}
        trigger={
          <button type="button" aria-label={t('insertField')} className="absolute top-0.5 right-0.5 inline-flex size-6.5 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-fg">
            <Plus aria-hidden="true" className="size-4" />
          </button>
        }
      >
        <SourcePicker
          onPick={(picked, row) => {
            setPicking(false);
            change(insertAt(tokens, row.kind === 'list' || 'fn' in picked ? { fn: 'join', args: [picked, { const: ', ' }] } : picked, caret), behindInserted(tokens, caret));
          }}
        />
      </Popover>
    </fieldset>
  );
}
