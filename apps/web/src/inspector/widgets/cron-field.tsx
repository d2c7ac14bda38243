import { useQuery } from '@tanstack/react-query';
import { triggerSettings } from '@weft/connector-sdk';
import { isTimezone } from '@weft/json-schema';
import type { FieldWidgetProps } from '@weft/schema-form';
import { CalendarClock } from 'lucide-react';
import { useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import { call, messageOf } from '../../api/index.ts';
import { useEditor } from '../../editor/state/index.ts';
import { controlClass, cx } from '../../ui/index.ts';
import '../words.ts';
import { CronChoice } from './cron-choice.tsx';

/** When a schedule fires: how often and at which time, what that means in words, and the next five times. */
export function CronField({ id, title, value, schema, onChange, onBlur, readOnly, invalid, describedBy }: FieldWidgetProps) {
  const { t, i18n } = useTranslation('inspector');
  const timezone = useEditor((state) => {
    const step = state.openStep === null ? undefined : state.document.steps[state.openStep];
    const operation = step?.kind === 'trigger' ? state.catalogue.operation(step.use) : undefined;
    const own = operation && step?.kind === 'trigger' ? triggerSettings(operation, step.config)['timezone'] : undefined;
    return typeof own === 'string' && own !== '' ? own : 'UTC';
  });
  const cron = typeof value === 'string' ? value : typeof schema.default === 'string' ? schema.default : '';
  const asked = useDeferredValue(cron);
  const preview = useQuery({
    queryKey: ['schedule', asked, timezone],
    enabled: asked.trim() !== '' && isTimezone(timezone),
    retry: false,
    staleTime: 60_000,
    queryFn: ({ signal }) => call('POST /schedule/preview', { body: { cron: asked, timezone }, signal }),
  });
  const never = preview.data?.next.length === 0;
  const times = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short', timeZone: preview.data ? timezone : 'UTC' });
  return (
    <div className="flex flex-col gap-1.5">
      <CronChoice
        id={id}
        cron={cron}
        onChange={onChange}
        readOnly={readOnly}
        own={
          <input
            id={id}
            aria-label={title}
            aria-invalid={invalid || preview.isError || never || undefined}
            aria-describedby={[describedBy, `${id}-words`].filter(Boolean).join(' ')}
            className={cx(controlClass, 'h-8 font-mono text-xs')}
            value={typeof value === 'string' ? value : ''}
            placeholder={typeof schema.default === 'string' ? schema.default : undefined}
            readOnly={readOnly}
            spellCheck={false}
            onBlur={onBlur}
            onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
          />
        }
      />
      <div id={`${id}-words`} className="rounded-md bg-sunken px-3 py-2 text-xs" aria-live="polite">
        {preview.isError ? (
          <span className="text-danger-text">{messageOf(preview.error)}</span>
        ) : preview.data ? (
          <>
            <p className="flex items-center gap-1.5 font-medium">
              <CalendarClock aria-hidden="true" className="size-3.5 text-subtle" /> {preview.data.words}
            </p>
            {never ? (
              <p className="mt-1 text-danger-text">{t('cron.never')}</p>
            ) : (
              <>
                <ol className="mt-1 flex flex-col text-muted" aria-label={t('cron.next')}>
                  {preview.data.next.map((time) => (
                    <li key={time}>{times.format(new Date(time))}</li>
                  ))}
                </ol>
                <p className="mt-1 text-subtle">{t('cron.zone', { zone: timezone })}</p>
              </>
            )}
          </>
        ) : (
          <span className="text-subtle">{isTimezone(timezone) ? t('cron.loading') : t('cron.noZone')}</span>
        )}
      </div>
    </div>
  );
}
