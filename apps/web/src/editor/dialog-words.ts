import { addWords } from '../locales/i18n.ts';

/** The words of dialogs, which come with them. */
addWords('editor', import.meta.glob('./dialog-strings.*.ts', { eager: true, import: 'default' }));
