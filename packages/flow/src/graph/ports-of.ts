import type { Step } from '../document.ts';
import { kindOf } from '../kinds/kind-of.ts';
import { ports, type Port } from './port.ts';

/** Where a step can go on, in the order they are drawn. A stop has none; a branch has one per case and `else`, an approval one per decision. */
export function portsOf(step: Step): Port[] {
  const own = kindOf(step).ports(step);
  return hasErrorPort(step) ? [...own, ports.error] : own;
}

/** True where the step goes on at a port of its own when it fails. */
export const hasErrorPort = (step: Step): boolean => kindOf(step).mayFail && 'onError' in step && step.onError === 'port';

/** True where `next` is among the ports, so a chain can go on after the step without a choice. */
export const goesOnByItself = (step: Step): boolean => kindOf(step).goesOnByItself;
