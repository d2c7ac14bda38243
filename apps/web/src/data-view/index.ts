export { DataView, type DataViewProps } from './data-view.tsx';
export { previewOf } from './data-rows.ts';
export { copyText } from './copy-text.ts';
