import type { Json } from '@weft/json-schema';
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Dialog, IconButton, TextField } from '../ui/index.ts';
import { useMapperContext } from './mapper-context.ts';
import './words.ts';

interface TablesDialogProps {
  /** Null: a new one. */
  name: string | null;
  onClose: () => void;
}

interface Row {
  key: string;
  value: string;
}

/** A lookup table: what is looked up, and what it gives. Many rows can be pasted from a spreadsheet. */
export function TablesDialog({ name, onClose }: TablesDialogProps) {
  const { t } = useTranslation('mapper');
  const { model, edit } = useMapperContext();
  const tables = model.document.tables ?? {};
  const [title, setTitle] = useState(name ?? '');
  const [rows, setRows] = useState<Row[]>(() => {
    const stored = name === null
      ? []
      : Object.entries(tables[name] ?? {}).map(([key, value]) => ({ key, value: typeof value === 'string' ? value : JSON.stringify(value) }));
    return [...stored, { key: '', value: '' }];
  });
  const clean = title.trim();
  const taken = clean !== name && Object.hasOwn(tables, clean);
  const unfit = clean === '__proto__' || rows.some(({ key }) => key === '__proto__');
  const change = (index: number, row: Row): void => setRows(rows.map((old, at) => (at === index ? row : old)));
  const paste = (index: number, text: string): boolean => {
    const pasted = text.split(/\r?\n/).map((line) => line.split('\t')).filter((cells) => cells.length > 1);
    if (pasted.length === 0) return false;
    setRows([...rows.slice(0, index), ...pasted.map(([key = '', value = '']) => ({ key, value })), ...rows.slice(index + 1)]);
    return true;
  };
  const save = (): void => {
    const table: Record<string, Json> = Object.fromEntries(rows.filter(({ key }) => key !== '').map(({ key, value }) => [key, value]));
    edit(t('undo.table', { name: clean }), (document) => {
      const others = Object.fromEntries(Object.entries(document.tables ?? {}).filter(([one]) => one !== name));
      return { ...document, tables: { ...others, [clean]: table } };
    });
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      dismissable={false}
      title={name === null ? t('newTable') : t('editTable')}
      description={t('tableText')}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button variant="primary" disabled={clean === '' || taken || unfit} onClick={save}>
            {t('saveTable')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <TextField label={t('tableName')} required value={title} onChange={setTitle} disabled={name !== null} error={taken ? t('tableTaken') : null} />
        <div className="grid grid-cols-[1fr_1fr_auto] items-center gap-x-2 gap-y-1.5">
          <span className="text-xs font-medium">{t('tableKey')}</span>
          <span className="text-xs font-medium">{t('tableValue')}</span>
          <span />
          {rows.map((row, index) => (
            // Rows have no identity but their place.
            // oxlint-disable-next-line react/no-array-index-key
            <TableRow
              key={index}
              index={index}
              row={row}
              onChange={(next) => change(index, next)}
              onPaste={(text) => paste(index, text)}
              onRemove={() => setRows(rows.filter((_, at) => at !== index))}
            />
          ))}
        </div>
        {unfit && <p className="text-xs text-danger-text">{t('nameRefused', { name: '__proto__' })}</p>}
        <Button size="sm" variant="ghost" icon={<Plus />} className="self-start" onClick={() => setRows([...rows, { key: '', value: '' }])}>
          {t('addRow')}
        </Button>
      </div>
    </Dialog>
  );
}

interface TableRowProps {
  index: number;
  row: Row;
  onChange: (row: Row) => void;
  /** @returns whether the text was several cells and has been taken over. */
  onPaste: (text: string) => boolean;
  onRemove: () => void;
}

function TableRow({ index, row, onChange, onPaste, onRemove }: TableRowProps) {
  const { t } = useTranslation('mapper');
  const number = index + 1;
  return (
    <>
      <TextField
        label={t('tableKeyOf', { number })}
        labelHidden
        value={row.key}
        onChange={(key) => onChange({ ...row, key })}
        onPaste={(event) => {
          if (onPaste(event.clipboardData.getData('text/plain'))) event.preventDefault();
        }}
      />
      <TextField label={t('tableValueOf', { number })} labelHidden value={row.value} onChange={(value) => onChange({ ...row, value })} />
      <IconButton label={t('removeRow', { number })} icon={<Trash2 />} onClick={onRemove} />
    </>
  );
}
