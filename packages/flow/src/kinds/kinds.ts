import type { StepKind, StepOf } from '../document.ts';
import { action } from './action.ts';
import { approval } from './approval.ts';
import { branch } from './branch.ts';
import { filter } from './filter.ts';
import { forEach } from './for-each.ts';
import type { Kind } from './kind.ts';
import { respond } from './respond.ts';
import { stop } from './stop.ts';
import { subflow } from './subflow.ts';
import { transform } from './transform.ts';
import { trigger } from './trigger.ts';
import { wait } from './wait.ts';

/** Every kind of step that the product has. */
export const kinds: { readonly [K in StepKind]: Kind<StepOf<K>> } = {
  trigger,
  action,
  transform,
  filter,
  branch,
  forEach,
  respond,
  wait,
  approval,
  subflow,
  stop,
};
