import { must, name } from '@weft/json-schema/read';
import { MappingDocumentError } from '../fault.ts';
import { say } from '../sentences.en.ts';
import { nothingKnown, type ExpressionKind } from './expression-kind.ts';

/** The zero-based position of the current item of the loop with this name. */
export type PositionExpression = {
  index: string;
};

export const position: ExpressionKind<PositionExpression> = {
  shape: () => ({ index: must(name) }),
  isBlank: (expression) => expression.index === '',
  rename: (expression, renaming) => ({ index: renaming.loop(expression.index) }),
  compile({ index: loop }, environment) {
    const slot = environment.slotOf(loop);
    if (slot === undefined) throw new MappingDocumentError('unknown_loop', say('mapping.cannot.position', { loop }), environment.ruleId);
    return (run) => run.indexes[slot];
  },
  typeOf: () => ({ ...nothingKnown, schema: { type: 'integer', minimum: 0 } }),
  findings({ index: loop }, { names, loopNames }) {
    if (loopNames.has(loop) && Object.hasOwn(names, loop)) return [];
    return [{ code: 'mapping.loopScope', ...say('mapping.expression.position', { loop }) }];
  },
  describe: ({ index: loop }) => ({ words: say('mapping.said.position', { loop }) }),
};
