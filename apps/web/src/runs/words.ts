import { addWords } from '../locales/i18n.ts';

addWords('runs', import.meta.glob('./strings.*.ts', { eager: true, import: 'default' }));
