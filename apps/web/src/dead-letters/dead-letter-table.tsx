import { Link } from '@tanstack/react-router';
import type { DeadLetter } from '@weft/api';
import { useTranslation } from 'react-i18next';
import { useWorkspaceId } from '../api/index.ts';
import { previewOf } from '../data-view/index.ts';
import { sentenceOf } from '../locales/sentence-of.ts';
import { Checkbox, cx, RelativeTime, Table, Td, Th, Tr } from '../ui/index.ts';
import { placeOf, type LetterTitles } from './letter-titles.ts';
import './words.ts';

export interface DeadLetterTableProps {
  letters: readonly DeadLetter[];
  titles: LetterTitles;
  /** Whose details are shown. */
  shown: string;
  onShow: (id: string) => void;
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
  /** Of different runs: each says of which. */
  ofFlow: boolean;
  selectable: boolean;
}

/** A line for each failed record: why, where, and the beginning of its data. */
export function DeadLetterTable({ letters, titles, shown, onShow, selected, onSelect, ofFlow, selectable }: DeadLetterTableProps) {
  const { t } = useTranslation('dead-letters');
  const count = letters.filter(({ id }) => selected.has(id)).length;
  const choose = (ids: readonly string[], on: boolean) => onSelect(new Set([...[...selected].filter((id) => on || !ids.includes(id)), ...(on ? ids : [])]));
  return (
    <Table label={t('title')} className="min-w-140">
      <thead>
        <tr>
          {selectable && (
            <Th className="w-10">
              <Checkbox
                label={t('selectAll')}
                labelHidden
                checked={count === letters.length}
                indeterminate={count > 0 && count < letters.length}
                onChange={(on) => choose(letters.map(({ id }) => id), on)}
              />
            </Th>
          )}
          <Th>{t('column.error')}</Th>
          <Th className="w-37">{t('column.position')}</Th>
          <Th className="w-30">{t('column.at')}</Th>
        </tr>
      </thead>
      <tbody>
        {letters.map((letter) => (
          <LetterRow
            key={letter.id}
            {...{ letter, titles, ofFlow, selectable }}
            isShown={letter.id === shown}
            onShow={() => onShow(letter.id)}
            selected={selected.has(letter.id)}
            onSelect={(on) => choose([letter.id], on)}
          />
        ))}
      </tbody>
    </Table>
  );
}

interface LetterRowProps extends Pick<DeadLetterTableProps, 'titles' | 'ofFlow' | 'selectable'> {
  letter: DeadLetter;
  isShown: boolean;
  onShow: () => void;
  selected: boolean;
  onSelect: (on: boolean) => void;
}

function LetterRow({ letter, titles, ofFlow, selectable, isShown, onShow, selected, onSelect }: LetterRowProps) {
  const { t } = useTranslation('dead-letters');
  const place = titles.place({ stepId: letter.stepId, ruleId: letter.error.ruleId ?? null });
  return (
    <Tr className={cx('relative', isShown && 'bg-accent-soft hover:bg-accent-soft')}>
      {selectable && (
        <Td>
          <span className="relative z-1 flex">
            <Checkbox label={t('select', placeOf(letter))} labelHidden checked={selected} onChange={onSelect} />
          </span>
        </Td>
      )}
      <Td className="py-1.5">
        {/* The button covers the row; what else can be pressed in it lies above. */}
        <button
          type="button"
          aria-current={isShown || undefined}
          onClick={onShow}
          title={sentenceOf(letter.error)}
          className="block one-line w-full rounded-sm text-left font-medium text-fg after:absolute after:inset-0"
        >
          {sentenceOf(letter.error)}
        </button>
        <span className="block one-line text-xs text-muted">
          {place !== '' && <span className="text-fg">{place} · </span>}
          {previewOf(letter.record, 160)}
        </span>
        {letter.status === 'replayed' && letter.replayedBy !== null && <RunOf run={letter.replayedBy} label={t('replayedBy')} />}
      </Td>
      <Td className="tabular text-xs whitespace-nowrap text-muted">{t('place', placeOf(letter))}</Td>
      <Td className="text-xs text-muted">
        <RelativeTime at={letter.at} />
        {ofFlow && <RunOf run={letter.runId} label={t('ofRun')} />}
      </Td>
    </Tr>
  );
}

export function RunOf({ run, label }: { run: string; label: string }) {
  const workspace = useWorkspaceId();
  return (
    <Link to="/w/$workspace/runs/$run" params={{ workspace, run }} className="relative z-1 block w-fit rounded-sm text-xs text-accent-text hover:underline">
      {label}
    </Link>
  );
}
