export {
  defineSentences, type Said, type SaidCode, type SentencePlace, type SentenceRef, type SentenceValue, type SentenceValues, type Templates,
  type ValuesOf,
} from './define-sentences.ts';
export { isolated } from './isolated.ts';
export { fillTemplate } from './fill-template.ts';
