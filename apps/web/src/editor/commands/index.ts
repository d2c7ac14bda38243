export { updateStep } from './update-step.ts';
