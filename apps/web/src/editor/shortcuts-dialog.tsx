import { ArrowLeft, ArrowRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog, Kbd } from '../ui/index.ts';
import { keyName } from './key-name.ts';
import { openDialog } from './state/index.ts';
import './dialog-words.ts';

const groups = {
  move: [
    ['arrows', ['←', '↑', '↓', '→']],
    ['enter', ['Enter']],
    ['escape', ['Esc']],
    ['palette', [keyName('mod', 'K')]],
    ['zoom', ['+', '−', keyName('mod', 'Scroll')]],
    ['fit', ['0']],
  ],
  edit: [
    ['add', ['A']],
    ['connect', ['C']],
    ['nudge', [keyName('alt', '←')]],
    ['delete', ['Del']],
    ['duplicate', [keyName('mod', 'D')]],
    ['clipboard', [keyName('mod', 'C'), keyName('mod', 'X'), keyName('mod', 'V')]],
    ['all', [keyName('mod', 'A')]],
    ['multi', [keyName('shift', 'Drag')]],
    ['undo', [keyName('mod', 'Z'), keyName('mod', 'shift', 'Z')]],
  ],
  flow: [
    ['test', [keyName('mod', 'Enter')]],
    ['save', [keyName('mod', 'S')]],
    ['help', ['?']],
  ],
} as const;

/** The font that is shipped has no arrows to the sides. */
function keyFace(key: string): ReactNode {
  if (!/[←→]$/.test(key)) return key;
  const Arrow = key.endsWith('←') ? ArrowLeft : ArrowRight;
  return (
    <>
      {key.slice(0, -1)}
      <Arrow className="inline size-3" aria-label={key.at(-1)} />
    </>
  );
}

export function ShortcutsDialog() {
  const { t } = useTranslation('editor');
  return (
    <Dialog open onClose={() => openDialog(null)} title={t('shortcuts.title')} size="lg">
      <div className="gap-x-10 sm:columns-2">
        {Object.entries(groups).map(([group, lines]) => (
          <section key={group} className="mb-5 break-inside-avoid">
            <h2 className="mb-1 text-xs font-medium text-subtle">{t(`shortcuts.groups.${group}`)}</h2>
            <dl>
              {lines.map(([name, keys]) => (
                <div key={name} className="flex min-h-8 items-center gap-3 border-b border-line text-sm">
                  <dt className="flex-1">{t(`shortcuts.${name}`)}</dt>
                  <dd className="flex gap-1">
                    {keys.map((key) => (
                      <Kbd key={key}>{keyFace(key)}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
