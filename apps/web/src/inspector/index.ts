export { Inspector, type InspectorProps } from './inspector.tsx';
export { closeMapper, openMapper, showTab, useInspector, type InspectorTab } from './inspector-state.ts';
