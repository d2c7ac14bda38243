export { DeadLetterCount } from './dead-letter-count.tsx';
export { DeadLetterList, type DeadLetterListProps } from './dead-letter-list.tsx';
