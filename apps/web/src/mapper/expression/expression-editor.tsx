import type { JsonSchema } from '@weft/json-schema';
import { functions, type Expression, type FunctionParameter } from '@weft/mapping';
import { ChevronDown, CornerDownRight, FunctionSquare, Hash, ListTree, Plus, Split, Table2, TextCursorInput, Trash2, Type, Unlink } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { controlClass, cx, IconButton, Menu, Popover, useFocusInto, type MenuItem } from '../../ui/index.ts';
import { AnchoredPopover } from './anchored-popover.tsx';
import { ConditionEditor } from './condition-editor.tsx';
import { ConstantEditor } from './constant-editor.tsx';
import { useExpressionScope } from './expression-scope.ts';
import { ExpressionView } from './expression-view.tsx';
import { FunctionPicker } from './function-picker.tsx';
import { functionDescription, functionTitle, inputTitle } from './function-words.ts';
import { isPluck } from './kinds/call.tsx';
import { asKind, callOf, choiceOf, wrappedIn, type Choice } from './new-expression.ts';
import { SourcePicker } from './source-picker.tsx';
import { TokenText } from './token-text.tsx';
import { asWritten } from './tokens.ts';
import '../words.ts';

export interface ExpressionEditorProps {
  /** Names what the value is for. */
  label: string;
  expression: Expression;
  onChange: (expression: Expression) => void;
  /** What is wanted here; decides the control of a fixed value. */
  schema?: JsonSchema | undefined;
  /** Takes the whole away. Absent where something must stand here. */
  onRemove?: () => void;
}

/** Any expression, edited in place: its kind on the left, then what it is made of, as deep as it goes. */
export function ExpressionEditor({ label, expression, onChange, schema, onRemove }: ExpressionEditorProps) {
  const { t } = useTranslation('mapper');
  return (
    <div className="flex min-w-0 items-start gap-1">
      <KindMenu label={label} expression={expression} onChange={onChange} onRemove={onRemove} />
      <div className="min-w-0 flex-1">
        <Body label={label} expression={expression} onChange={onChange} schema={schema} />
      </div>
      {onRemove && <IconButton label={t('removeValue', { label })} icon={<Unlink />} onClick={onRemove} />}
    </div>
  );
}

function Body({ label, expression, onChange, schema }: Omit<ExpressionEditorProps, 'onRemove'>): ReactNode {
  if ('path' in expression) return <FieldEditor label={label} expression={expression} onChange={onChange} />;
  if ('const' in expression) return <ConstantEditor label={label} value={expression.const} schema={schema} onChange={(value) => onChange({ const: value })} />;
  if ('if' in expression) return <IfEditor label={label} expression={expression} onChange={onChange} schema={schema} />;
  if ('index' in expression) return <IndexEditor label={label} name={expression.index} onChange={onChange} />;
  if ('table' in expression) return <TableEditor label={label} name={expression.table} onChange={onChange} />;
  if (expression.fn === 'concat') return <TokenText label={label} expression={expression} onChange={(next) => onChange(asWritten(next))} />;
  if (isPluck(expression)) return <FieldEditor label={label} expression={expression} onChange={onChange} />;
  return <CallEditor expression={expression} onChange={onChange} />;
}

const icons: Record<Choice, ReactNode> = {
  field: <CornerDownRight />,
  constant: <Type />,
  text: <TextCursorInput />,
  function: <FunctionSquare />,
  if: <Split />,
  index: <Hash />,
  table: <Table2 />,
};

/** What the value is, and what it can become. A function is put around what is there. */
function KindMenu({ label, expression, onChange }: Omit<ExpressionEditorProps, 'schema'>) {
  const { t } = useTranslation('mapper');
  const { loops, tables } = useExpressionScope();
  const anchor = useRef<HTMLSpanElement>(null);
  const [picking, setPicking] = useState(false);
  const kind = choiceOf(expression);
  const become = (next: Choice): MenuItem => ({ label: t(`expression.${next}`), icon: icons[next], checked: next === kind, onSelect: () => onChange(asKind(next, expression)) });
  const argument = wrappedIn(expression);
  return (
    <span ref={anchor} className="inline-flex">
      <Menu
        align="start"
        trigger={
          <button
            type="button"
            aria-label={t('kindOfValue', { label, kind: t(`expression.${kind}`) })}
            className="inline-flex h-7 shrink-0 items-center gap-0.5 rounded-md px-1 text-muted hover:bg-hover hover:text-fg [&_svg]:size-4"
          >
            {icons[kind]}
            <ChevronDown aria-hidden="true" className="size-3!" />
          </button>
        }
        items={[
          become('field'),
          become('constant'),
          become('text'),
          become('if'),
          ...(loops.length > 0 ? [become('index')] : []),
          { label: t('applyFunction'), icon: icons.function, separated: true, onSelect: () => setPicking(true) },
          ...(argument ? [{ label: t('unwrap'), icon: <ListTree />, onSelect: () => onChange(argument) }] : []),
        ]}
      />
      <AnchoredPopover open={picking} onClose={() => setPicking(false)} anchor={anchor}>
        <FunctionPicker
          onPick={(fn) => {
            setPicking(false);
            onChange(callOf(fn, expression, tables));
          }}
        />
      </AnchoredPopover>
    </span>
  );
}

function FieldEditor({ label, expression, onChange }: { label: string; expression: Expression; onChange: (expression: Expression) => void }) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      className="p-0!"
      trigger={
        <button type="button" className="flex h-7 w-full min-w-0 items-center gap-1 rounded-md border border-line-strong bg-raised px-1.5 text-left hover:border-accent">
          <span className="sr-only">{label}: </span>
          <span className="flex min-w-0 flex-1">
            <ExpressionView expression={expression} />
          </span>
          <ChevronDown aria-hidden="true" className="size-3.5 shrink-0 text-subtle" />
        </button>
      }
    >
      <SourcePicker
        onPick={(picked) => {
          setOpen(false);
          onChange(picked);
        }}
      />
    </Popover>
  );
}

function CallEditor({ expression, onChange }: { expression: { fn: string; args: Expression[] }; onChange: (expression: Expression) => void }) {
  const { t } = useTranslation('mapper');
  const [picking, setPicking] = useState(false);
  const fn = functions[expression.fn];
  const parameters = parametersOf(fn?.parameters ?? [], expression.args.length);
  const setArgument = (index: number, argument: Expression | undefined): void => {
    const args = [...expression.args];
    if (argument) args[index] = argument;
    else args.splice(index, 1);
    onChange({ ...expression, args });
  };
  const missing = fn?.parameters[expression.args.length];
  const last = fn?.parameters.at(-1);
  const next = missing ?? (last?.rest ? last : undefined);
  const { place: added, focusInto } = useFocusInto<HTMLDivElement>();
  return (
    <div className="@container flex min-w-0 flex-col gap-1.5 rounded-md border border-line bg-surface p-2">
      <div className="flex min-w-0 items-center gap-1">
        <Popover
          open={picking}
          onOpenChange={setPicking}
          className="p-0!"
          trigger={
            <button type="button" className="inline-flex h-6 shrink-0 items-center gap-1 rounded-sm px-1 text-xs font-semibold whitespace-nowrap hover:bg-hover" title={fn && functionDescription(fn)}>
              {functionTitle(expression.fn)}
              <ChevronDown aria-hidden="true" className="size-3 text-subtle" />
            </button>
          }
        >
          <FunctionPicker
            onPick={(picked) => {
              setPicking(false);
              onChange(callOf(picked, expression.args[0] ?? { path: [] }, []));
            }}
          />
        </Popover>
        {fn && <span className="one-line hidden text-xs text-subtle @sm:inline" title={functionDescription(fn)}>{functionDescription(fn)}</span>}
      </div>
      {expression.args.map((argument, index) => {
        const parameter = parameters[index];
        const title = fn && parameter ? inputTitle(fn, parameter) : t('argument', { number: index + 1 });
        const removable = parameter?.optional === true || (parameter?.rest === true && index >= (fn?.parameters.length ?? 0));
        return (
          // The position is an argument's identity.
          // oxlint-disable-next-line react/no-array-index-key
          <div key={index} ref={index === expression.args.length - 1 ? added : undefined} className="grid min-w-0 grid-cols-[minmax(0,1fr)_auto] items-start gap-x-2 @sm:grid-cols-[minmax(4.5rem,8rem)_minmax(0,1fr)_auto]">
            <span className="col-span-full pt-1.5 text-xs text-muted @sm:col-span-1">{title}</span>
            <ExpressionEditor label={title} expression={argument} schema={schemaOfParameter(parameter)} onChange={(value) => setArgument(index, value)} />
            {removable ? <IconButton label={t('removeArgument', { title })} icon={<Trash2 />} onClick={() => setArgument(index, undefined)} /> : <span />}
          </div>
        );
      })}
      {fn && next && (
        <button
          type="button"
          className="inline-flex h-6 items-center gap-1 self-start rounded-sm px-1 text-xs text-muted hover:bg-hover hover:text-fg"
          onClick={() => {
            focusInto();
            setArgument(expression.args.length, beginning(next));
          }}
        >
          <Plus aria-hidden="true" className="size-3.5" /> {inputTitle(fn, next)}
        </button>
      )}
    </div>
  );
}

/** The parameter of each argument: the last one repeats where it may. */
function parametersOf(parameters: readonly FunctionParameter[], count: number): (FunctionParameter | undefined)[] {
  const last = parameters.at(-1);
  return Array.from({ length: count }, (_, index) => parameters[index] ?? (last?.rest ? last : undefined));
}

function beginning(parameter: FunctionParameter): Expression {
  if (parameter.type === 'table') return { table: '' };
  if (parameter.choices?.[0] !== undefined) return { const: parameter.choices[0] };
  return parameter.rest ? { path: [] } : { const: parameter.type === 'number' ? 0 : '' };
}

function schemaOfParameter(parameter: FunctionParameter | undefined): JsonSchema | undefined {
  if (!parameter) return undefined;
  if (parameter.choices) return { type: 'string', enum: [...parameter.choices] };
  if (parameter.holds === 'timezone') return { type: 'string', format: 'timezone' };
  if (parameter.holds === 'datePattern') return { type: 'string', 'x-widget': 'date-pattern' };
  if (parameter.type === 'number') return { type: 'number' };
  if (parameter.type === 'boolean') return { type: 'boolean' };
  return parameter.type === 'text' ? { type: 'string' } : undefined;
}

type IfExpression = Extract<Expression, { if: Expression }>;

function IfEditor({ label, expression, onChange, schema }: { label: string; expression: IfExpression; onChange: (expression: Expression) => void; schema: JsonSchema | undefined }) {
  const { t } = useTranslation('mapper');
  return (
    <div className="flex min-w-0 flex-col gap-2 rounded-md border border-line bg-surface p-2">
      <span className="text-xs font-semibold">{t('if')}</span>
      <ConditionEditor
        label={t('conditionOf', { label })}
        expression={expression.if}
        onChange={(condition) => onChange({ ...expression, if: condition ?? { const: true } })}
        Operand={ExpressionEditor}
      />
      <span className="text-xs font-semibold">{t('then')}</span>
      <ExpressionEditor label={t('thenOf', { label })} expression={expression.then} schema={schema} onChange={(then) => onChange({ ...expression, then })} />
      <span className="text-xs font-semibold">{t('else')}</span>
      {expression.else ? (
        <ExpressionEditor
          label={t('elseOf', { label })}
          expression={expression.else}
          schema={schema}
          onChange={(otherwise) => onChange({ ...expression, else: otherwise })}
          onRemove={() => onChange({ if: expression.if, then: expression.then })}
        />
      ) : (
        <button type="button" className="self-start text-xs text-muted hover:text-fg" onClick={() => onChange({ ...expression, else: { const: '' } })}>
          {t('addElse')}
        </button>
      )}
    </div>
  );
}

function IndexEditor({ label, name, onChange }: { label: string; name: string; onChange: (expression: Expression) => void }) {
  const { t } = useTranslation('mapper');
  const { loops, sources } = useExpressionScope();
  const names = [...loops.map(({ loop }) => loop.as), ...sources.filter(({ kind }) => kind === 'loop').map(({ id }) => id)];
  return (
    <select aria-label={label} className={cx(controlClass, 'h-7 text-xs')} value={name} onChange={(event) => onChange({ index: event.target.value })}>
      {!names.includes(name) && <option value={name}>{name === '' ? t('choose') : name}</option>}
      {names.map((one) => (
        <option key={one} value={one}>
          {t('positionOf', { name: one })}
        </option>
      ))}
    </select>
  );
}

function TableEditor({ label, name, onChange }: { label: string; name: string; onChange: (expression: Expression) => void }) {
  const { t } = useTranslation('mapper');
  const { tables, editTable } = useExpressionScope();
  return (
    <span className="flex min-w-0 items-center gap-1">
      <select aria-label={label} className={cx(controlClass, 'h-7 text-xs')} value={name} onChange={(event) => onChange({ table: event.target.value })}>
        {!tables.includes(name) && <option value={name}>{name === '' ? t('choose') : name}</option>}
        {tables.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
      {editTable && (
        <button type="button" className="h-7 shrink-0 rounded-md px-2 text-xs font-medium text-muted hover:bg-hover hover:text-fg" onClick={() => editTable(tables.includes(name) ? name : null)}>
          {t(tables.includes(name) ? 'editTable' : 'newTable')}
        </button>
      )}
    </span>
  );
}
