import { addWords } from '../locales/i18n.ts';

addWords('replay', import.meta.glob('./strings.*.ts', { eager: true, import: 'default' }));
