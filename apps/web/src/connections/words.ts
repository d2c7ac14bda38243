import { addWords } from '../locales/i18n.ts';

addWords('connections', import.meta.glob('./strings.*.ts', { eager: true, import: 'default' }));
