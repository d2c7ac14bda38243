import { addWords } from '../locales/i18n.ts';

addWords('inspector', import.meta.glob('./strings.*.ts', { eager: true, import: 'default' }));
