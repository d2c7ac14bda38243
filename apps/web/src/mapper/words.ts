import { addWords } from '../locales/i18n.ts';

addWords('mapper', import.meta.glob('./strings.*.ts', { eager: true, import: 'default' }));
