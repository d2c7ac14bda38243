export { DecisionForm } from './decision-form.tsx';
