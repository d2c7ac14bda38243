export type { MapperDialogProps } from './mapper-dialog.tsx';
export { isMapped, type MappedStep } from './mapper-model.ts';
