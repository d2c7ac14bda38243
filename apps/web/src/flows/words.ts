import { addWords } from '../locales/i18n.ts';

addWords('flows', import.meta.glob('./strings.*.ts', { eager: true, import: 'default' }));
