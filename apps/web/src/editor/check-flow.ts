import { problems, type Catalogue, type FlowDocument, type Problem } from '@weft/flow';
import { createInterpretingValidator } from '@weft/json-schema/interpreter';

const validator = createInterpretingValidator();

/** All problems of a flow. Brings along what knows mappings and schemas, so it is loaded once the canvas stands. */
export const checkFlow = (flow: FlowDocument, catalogue: Catalogue, flowId?: string): Problem[] =>
  problems(flow, catalogue, { validator, flowId });
