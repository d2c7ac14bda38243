import { compileExpression, MappingFault } from '@weft/mapping';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { controlClass, cx } from '../../ui/index.ts';
import '../words.ts';

/** As people in different countries, and programs, write dates. Others can be typed. */
const usual = [
  'yyyy-MM-dd', 'dd.MM.yyyy', 'dd/MM/yyyy', 'MM/dd/yyyy', 'd MMM yyyy', 'EEEE d MMMM yyyy', 'MMMM yyyy', 'yyyyMMdd',
  'dd.MM.yyyy HH:mm', 'yyyy-MM-dd HH:mm:ss', 'MM/dd/yyyy hh:mm a', 'HH:mm',
];
const example = '2026-01-31T14:05:09Z';

interface DatePatternInputProps {
  label: string;
  value: string;
  onChange: (pattern: string) => void;
  className: string | undefined;
}

/** How a date is written: a choice with what each looks like, or one's own; below it what it gives. */
export function DatePatternInput({ label, value, onChange, className }: DatePatternInputProps) {
  const { t } = useTranslation('mapper');
  const id = useId();
  const given = writtenBy(value);
  return (
    <span className={cx('flex min-w-0 flex-1 flex-col gap-0.5', className)}>
      <input
        aria-label={label}
        aria-describedby={`${id}-given`}
        list={`${id}-usual`}
        placeholder="dd.MM.yyyy"
        spellCheck={false}
        className={cx(controlClass, 'h-7 font-mono text-xs')}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <datalist id={`${id}-usual`}>
        {usual.map((pattern) => (
          <option key={pattern} value={pattern}>
            {writtenBy(pattern)}
          </option>
        ))}
      </datalist>
      <span id={`${id}-given`} className="text-2xs text-subtle">
        {value === '' ? t('datePattern.letters') : given === undefined ? '' : t('datePattern.given', { given })}
      </span>
    </span>
  );
}

/** @returns undefined for what is no pattern; why is said by the checks. */
function writtenBy(pattern: string): string | undefined {
  try {
    const write = compileExpression({ fn: 'formatDate', args: [{ const: example }, { const: pattern }, { const: 'UTC' }] });
    const written = write({}, { now: new Date(0), seed: '' });
    return typeof written === 'string' ? written : undefined;
  } catch (fault) {
    if (fault instanceof MappingFault) return undefined;
    throw fault;
  }
}
