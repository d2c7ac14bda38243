import { useTranslation } from 'react-i18next';
import { previewOf } from '../data-view/index.ts';
import { Dialog } from '../ui/index.ts';
import { previewExpression } from './expression/expression-scope.ts';
import { placeText, valuesInside } from './mapper-model.ts';
import { useMapperContext, type PendingChoice } from './mapper-context.ts';
import { setExpression } from './rules/edit-rules.ts';
import { loopsAround } from './rules/places.ts';
import './words.ts';

/** A list was joined to a single field: what is it to become? Each choice shows its value on the sample. */
export function ChoiceDialog({ pending, onClose }: { pending: PendingChoice; onClose: () => void }) {
  const { t } = useTranslation('mapper');
  const { edit, model, itemAt } = useMapperContext();
  const name = placeText(pending.target.place);
  const values = valuesInside(model.values, loopsAround(model.document, pending.target.place), itemAt);
  return (
    <Dialog open onClose={onClose} size="sm" title={t('listToOne')} description={t('listToOneText', { list: pending.source.name, name })}>
      <div className="flex flex-col gap-1">
        {pending.choices.map(({ choice, expression }) => {
          const { value } = previewExpression(expression, values, model.timezone);
          return (
            <button
              key={choice}
              type="button"
              className="flex flex-col rounded-md border border-line px-3 py-2 text-left hover:border-accent hover:bg-hover"
              onClick={() => {
                edit(t('undo.map', { name }), (document) => setExpression(document, pending.target.place, expression));
                onClose();
              }}
            >
              <span className="text-sm font-medium">{t(`listChoice.${choice}`)}</span>
              <span className="one-line text-xs text-subtle">{value === undefined ? t('noValue') : previewOf(value, 120)}</span>
            </button>
          );
        })}
      </div>
    </Dialog>
  );
}
