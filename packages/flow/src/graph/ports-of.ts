import type { Step } from '../document.ts';

export interface Port {
  id: string;
  title: string;
}

const next: Port = { id: 'next', title: 'Then' };
const timeout: Port = { id: 'timeout', title: 'Nothing came in time' };
const approved: Port = { id: 'approved', title: 'Approved' };
const rejected: Port = { id: 'rejected', title: 'Rejected' };
const error: Port = { id: 'error', title: 'If it fails' };

/** Where a step can go on, in the order they are drawn. A stop has none; a branch has one per case and `else`, an approval one per decision. */
export function portsOf(step: Step): Port[] {
  switch (step.kind) {
    case 'stop':
      return [];
    case 'branch':
      return [...step.cases.map(({ id, title }) => ({ id, title })), { id: 'else', title: 'Otherwise' }];
    case 'action':
    case 'transform':
    case 'subflow':
      return step.onError === 'port' ? [next, error] : [next];
    case 'wait':
      return step.mode === 'signal' && step.timeoutMs !== undefined ? [next, timeout] : [next];
    case 'approval':
      return [approved, rejected];
    case 'trigger':
    case 'filter':
    case 'forEach':
    case 'respond':
      return [next];
    default:
      return assertNever(step);
  }
}

/** True where `next` is among the ports, so a chain can go on after the step without a choice. */
export const goesOnByItself = (step: Step): boolean => step.kind !== 'stop' && step.kind !== 'branch' && step.kind !== 'approval';

/** A kind that a switch forgot; the types keep this from being reached. */
export function assertNever(value: never): never {
  throw new TypeError(`Not a known kind of step: ${JSON.stringify(value)}`);
}
