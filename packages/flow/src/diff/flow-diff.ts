import type { Json } from '@weft/json-schema';
import type { Said } from '@weft/sentences';
import type { Edge } from '../document.ts';

/** What changed between two documents, for a person to read. Layout and notes are left out. */
export interface FlowDiff {
  /** The flow's own title, description and settings. */
  flow: FieldChange[];
  steps: StepChange[];
  edges: EdgeChange[];
}

export interface StepChange extends Said {
  stepId: string;
  /** As it is now; of a removed step, as it was. */
  title: string;
  change: 'added' | 'removed' | 'changed';
  /** For `changed`: each field. */
  fields: FieldChange[];
}

export interface FieldChange extends Said {
  /** Inside the step: `['config', 'method']`, `['input', 'rules', <rule id>]`. */
  path: string[];
  /** Absent: there was nothing. */
  before?: Json;
  /** Absent: it was taken away. */
  after?: Json;
}

export interface EdgeChange extends Said {
  edge: Edge;
  change: 'added' | 'removed';
}
