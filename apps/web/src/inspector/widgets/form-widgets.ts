import type { FieldWidget } from '@weft/schema-form';
import { CronField } from './cron-field.tsx';
import { FileField } from './file-field.tsx';
import { TimezoneField } from './timezone-field.tsx';

/** Controls for the `x-widget` hints that need the product: the server's clock, the workspace's files. */
export const formWidgets: Record<string, FieldWidget> = { cron: CronField, file: FileField, timezone: TimezoneField };
