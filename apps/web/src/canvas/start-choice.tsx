import { useTranslation } from 'react-i18next';
import { addItem } from '../palette/add-item.ts';
import { ItemIcon } from '../palette/item-row.tsx';
import { useItems } from '../palette/use-items.ts';

/** What an empty flow shows: the first question, with its answers. */
export function StartChoice() {
  const { t } = useTranslation('canvas');
  const { triggers } = useItems();
  return (
    <div className="pointer-events-none absolute inset-0 grid place-items-center p-6">
      <section data-start aria-labelledby="start-title" className="pointer-events-auto w-full max-w-110 rounded-lg border border-line bg-raised p-6 shadow-pop">
        <h2 id="start-title" className="text-lg font-semibold text-fg">
          {t('start.title')}
        </h2>
        <p className="mt-1 mb-4 text-sm text-muted">{t('start.text')}</p>
        <ul className="grid gap-2">
          {triggers.map((item) => (
            <li key={item.id}>
              <button
                type="button"
                onClick={() => addItem(item, { at: [0, 0] })}
                className="flex w-full items-center gap-3 rounded-lg border border-line bg-surface p-3 text-left hover:border-accent hover:bg-hover"
              >
                <span className="grid size-9 shrink-0 place-items-center rounded-full bg-accent-soft text-accent-text">
                  <ItemIcon item={item} size={18} />
                </span>
                <span className="min-w-0">
                  <span className="block text-sm font-semibold text-fg">{item.title}</span>
                  <span className="block text-xs text-muted">{item.description}</span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
