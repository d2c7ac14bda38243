import type { Catalogue, FlowDocument, Step } from '@weft/flow';
import type { LucideIcon } from 'lucide-react';

/**
 * What the editor knows of one kind of step: canvas, palette, outline and inspector look it up here and know no kinds.
 *
 * Beside this a kind's folder has its words, `strings.<language>.ts` (see `KindWords`), and what comes with the inspector: its form,
 * `<kind>-setup.tsx` (see `setups`), and the form's words, `setup-strings.<language>.ts`.
 */
export interface StepKindView<S extends Step = Step> {
  /** Default: the icon of the connector whose operation the step uses. */
  Icon?: LucideIcon;
  /** What a step does, in one line: "POST api.example.com/orders", "12 fields", "total > 100". Empty where there is nothing to say. */
  summary: (step: S, around: Around) => string;
  /** How the palette makes a step of the kind. A kind without is made from the operations of connectors. */
  create?: {
    /** What ids of new steps begin with; the person sees it in paths only. */
    id: string;
    step: (flow: FlowDocument, title: string) => S;
  };
}

/** What a summary may speak of beside the step. */
export interface Around {
  catalogue: Catalogue;
  /** The title of a step by its id; the name itself where it is none, as of a loop's item. */
  titleOf: (name: string) => string;
}
