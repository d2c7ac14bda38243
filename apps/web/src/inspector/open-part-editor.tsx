import { inputOf, isMapped } from '@weft/flow';
import { defined, schemaAt, type JsonSchema } from '@weft/json-schema';
import type { FieldName } from '@weft/mapping';
import { ArrowRightLeft, ClipboardPaste, Copy, Eraser, Link2, Plus } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { renameField } from '../editor/commands/index.ts';
import { dispatch, openMapper, useEditor } from '../editor/state/index.ts';
import { AnchoredPopover } from '../mapper/expression/anchored-popover.tsx';
import { ExpressionScopeContext } from '../mapper/expression/expression-scope.ts';
import { SourcePicker } from '../mapper/expression/source-picker.tsx';
import { setExpression } from '../mapper/rules/edit-rules.ts';
import { each, placedRules, placeKey, startsWith } from '../mapper/rules/places.ts';
import { useEditMapping } from '../mapper/use-mapping.ts';
import { useModel } from '../mapper/use-model.ts';
import { Button, Menu } from '../ui/index.ts';
import { ChipControl } from './chip-control.tsx';
import { FieldsEditor } from './fields-editor.tsx';
import { addField, describedFields, freeFieldName } from './logic/edit-schema.ts';
import { describePart, type OpenPart } from './logic/open-parts.ts';
import { withoutRequired } from './logic/without-required.ts';
import { PartProblems } from './part-problems.tsx';
import { PasteExampleDialog } from './paste-example-dialog.tsx';
import { useEditStep } from './use-step.ts';
import './words.ts';

interface OpenPartEditorProps {
  stepId: string;
  part: OpenPart;
  /** In the mapper: without the way to it. */
  inMapper?: boolean;
}

/** What a person says about data the operation leaves open: by an example, field by field, or the same as a source. */
export function OpenPartEditor({ stepId, part, inMapper = false }: OpenPartEditorProps) {
  const { t } = useTranslation('inspector');
  const flow = useEditor((state) => state.document);
  const editStep = useEditStep(stepId);
  const edit = useEditMapping(stepId);
  const anchor = useRef<HTMLSpanElement>(null);
  const [pasting, setPasting] = useState(false);
  const [fresh, setFresh] = useState<string>();
  const [picking, setPicking] = useState<'same' | 'whole' | null>(null);
  const model = useModel(stepId);
  const step = flow.steps[stepId];
  if (!isMapped(step)) return null;
  const scope = { sources: model.sources, values: model.values, loops: [], tables: [] };
  const describe = (schema: JsonSchema | undefined, merge?: string): void =>
    editStep((one) => ({ ...one, schemas: pruned({ ...one.schemas, input: describePart(one.schemas?.input, part.path, schema) }) }), t('undo.describe'), merge);
  const rename = (schema: JsonSchema, { path, name }: FieldName): void =>
    dispatch(
      renameField(
        stepId,
        (one) => ({ ...one, schemas: pruned({ ...one.schemas, input: describePart(one.schemas?.input, part.path, schema) }) }),
        { path: [...part.path, ...path], name },
        t('undo.describe'),
      ),
    );
  const rules = placedRules(inputOf(step)).filter(({ place }) => startsWith(place, part.path));
  const whole = rules.find(({ place }) => place.length === part.path.length)?.rule;
  const fields = part.described ? describedFields(part.described) : [];
  const filled = fields.filter(({ name }) => rules.some(({ place }) => startsWith(place.filter((segment) => segment !== each), [...part.path, name]))).length;
  const add = (): void => {
    const base: JsonSchema = part.described ?? { type: 'object', properties: {} };
    const name = freeFieldName(base);
    setFresh(name);
    describe(addField(base, name, 'text'));
  };
  const picker = (
    <SourcePicker
      onPick={(picked, row) => {
        if (picking === 'same') {
          const source = model.sources.find(({ id }) => id === row.place[0]);
          const found = source && schemaAt(source.schema, row.place.slice(1).map((segment) => (segment === each ? '0' : segment)));
          if (found) describe(withoutRequired(found));
        } else edit(t('undo.input'), (document) => setExpression(document, part.path, picked));
        setPicking(null);
      }}
    />
  );
  return (
    <ExpressionScopeContext value={scope}>
      <div className="flex min-w-0 flex-col gap-2 rounded-md border border-line bg-sunken p-3">
        {whole?.value ? (
          <>
            <p className="text-xs text-muted">{t('open.whole')}</p>
            <ChipControl stepId={stepId} rule={{ ...whole, value: whole.value }} title={part.title} schema={{}} />
          </>
        ) : part.described ? (
          <>
            <div className="flex flex-wrap items-center gap-2">
              {!inMapper && (
                <Button size="sm" variant="primary" icon={<ArrowRightLeft />} onClick={() => openMapper(stepId)}>
                  {t('openMapper')}
                </Button>
              )}
              <span className="text-xs text-muted">{t('filledOf', { filled, count: fields.length })}</span>
            </div>
            {!inMapper && <PartProblems stepId={stepId} part={part} />}
            <FieldsEditor schema={part.described} fresh={fresh} onChange={(schema, { merge, renamed } = {}) => (renamed ? rename(schema, renamed) : describe(schema, merge))} />
          </>
        ) : (
          <p className="text-xs text-muted">{step.kind === 'approval' ? t('open.approvalHint') : part.path.length === 0 ? t('open.resultHint') : t('open.hint')}</p>
        )}
        {!whole && (
          <div className="flex flex-wrap gap-1.5">
            <Button size="sm" icon={<ClipboardPaste />} onClick={() => setPasting(true)}>
              {t('open.paste')}
            </Button>
            {!part.described && (
              <Button size="sm" icon={<Plus />} onClick={add}>
                {t('open.add')}
              </Button>
            )}
            <span ref={anchor}>
              <Menu
                align="start"
                trigger={<Button size="sm">{t('open.more')}</Button>}
                items={[
                  { label: t('open.same'), icon: <Copy />, onSelect: () => setPicking('same'), disabled: model.sources.length === 0 },
                  { label: t('open.sendWhole'), icon: <Link2 />, onSelect: () => setPicking('whole'), disabled: model.sources.length === 0 },
                  ...(part.described ? [{ label: t('open.forget'), icon: <Eraser />, separated: true, onSelect: () => describe(undefined) }] : []),
                ]}
              />
              <AnchoredPopover open={picking !== null} onClose={() => setPicking(null)} anchor={anchor}>
                {picker}
              </AnchoredPopover>
            </span>
          </div>
        )}
      </div>
      {pasting && (
        <PasteExampleDialog
          title={t('paste.title')}
          text={t('paste.text')}
          keptAs={`${stepId} ${placeKey(part.path)}`}
          onClose={() => setPasting(false)}
          onPaste={(_value, schema) => {
            describe(withoutRequired(schema));
            setPasting(false);
          }}
        />
      )}
    </ExpressionScopeContext>
  );
}

/** Keys with nothing in them are left out, and the whole when nothing is left. */
function pruned(schemas: { input?: JsonSchema | undefined; output?: JsonSchema | undefined }): { input?: JsonSchema; output?: JsonSchema } | undefined {
  const kept = defined({ input: schemas.input, output: schemas.output });
  return Object.keys(kept).length === 0 ? undefined : kept;
}
