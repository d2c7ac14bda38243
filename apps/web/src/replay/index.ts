export { ReplayButton } from './replay-button.tsx';
export { RetryDialog } from './retry-dialog.tsx';
export { RunLabel } from './run-label.tsx';
export { RunAnchor, RunOrigin } from './run-origin.tsx';
