import { addWords } from '../locales/i18n.ts';

addWords('approvals', import.meta.glob('./strings.*.ts', { eager: true, import: 'default' }));
