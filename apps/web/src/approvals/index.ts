export { DecisionForm } from './decision-form.tsx';
export { ShownData } from './shown-data.tsx';
