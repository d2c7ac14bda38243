import { addWords } from '../locales/i18n.ts';

addWords('files', import.meta.glob('./strings.*.ts', { eager: true, import: 'default' }));
