import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { retitleFlow } from './commands/index.ts';
import { dispatch, useEditor } from './state/index.ts';

/** The flow's title, changed where it stands. */
export function FlowTitle() {
  const { t } = useTranslation('editor');
  const title = useEditor(({ document }) => document.title);
  const readOnly = useEditor((state) => state.readOnly);
  const before = useRef(title);
  return (
    // The hidden twin gives the field the width of its text.
    <h1 className="relative grid min-w-24 text-base font-semibold">
      <span aria-hidden="true" className="one-line invisible col-start-1 row-start-1 px-1.5 whitespace-pre">
        {title === '' ? t('untitled') : title}
      </span>
      <input
        aria-label={t('title')}
        value={title}
        dir="auto"
        placeholder={t('untitled')}
        readOnly={readOnly}
        maxLength={200}
        size={1}
        className="col-start-1 row-start-1 h-7 w-full min-w-0 rounded-sm bg-transparent px-1.5 font-semibold text-ellipsis text-fg hover:bg-hover focus:bg-hover"
        onFocus={() => {
          before.current = title;
        }}
        onChange={(event) => dispatch(retitleFlow(event.target.value))}
        onBlur={() => {
          if (title.trim() === '') dispatch(retitleFlow(before.current === '' ? t('untitled') : before.current));
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
          if (event.key === 'Escape') {
            dispatch(retitleFlow(before.current));
            event.currentTarget.blur();
          }
        }}
      />
    </h1>
  );
}
