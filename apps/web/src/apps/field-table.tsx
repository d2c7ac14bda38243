import type { JsonSchema } from '@weft/json-schema';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Table, Td, Th, Tr } from '../ui/index.ts';
import { fieldLines } from './fields.ts';
import { typeWords } from './type-words.ts';
import './words.ts';

const maxLines = 60;

export interface FieldTableProps {
  /** Names the table for screen readers. */
  label: string;
  schema: JsonSchema;
  /** Of what comes out: nobody has to fill it. */
  given?: boolean;
  /** What stands there when it has no fields. */
  empty: string;
}

/** The fields of a schema: names, kinds, and what they mean. */
export function FieldTable({ label, schema, given = false, empty }: FieldTableProps) {
  const { t } = useTranslation('apps');
  const lines = useMemo(() => fieldLines(schema), [schema]);
  if (lines.length === 0) return <p className="text-sm text-muted">{empty}</p>;
  return (
    <>
      <Table label={label} className="min-w-120">
        <thead>
          <tr>
            <Th className="w-[30%]">{t('field.field')}</Th>
            <Th className="w-[25%]">{t('field.type')}</Th>
            <Th>{t('field.meaning')}</Th>
          </tr>
        </thead>
        <tbody>
          {lines.slice(0, maxLines).map(({ path, title, description, schema: field, required }) => (
            <Tr key={path}>
              <Td className="h-auto py-1.5 align-top">
                <code className="font-mono text-xs break-all text-fg">{path}</code>
                {required && <span className="ml-1.5 text-xs text-subtle">{t(given ? 'always' : 'required')}</span>}
              </Td>
              <Td className="h-auto py-1.5 align-top text-muted">{typeWords(field, t)}</Td>
              <Td className="h-auto py-1.5 align-top">
                {title !== undefined && <span className="font-medium">{title}</span>}
                {description !== undefined && <span className="block text-muted">{description}</span>}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      {lines.length > maxLines && <p className="pt-2 text-sm text-muted">{t('moreFields', { count: lines.length - maxLines })}</p>}
    </>
  );
}
