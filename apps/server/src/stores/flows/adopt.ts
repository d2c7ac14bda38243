import type { FlowDocument, Step } from '@weft/flow';

/**
 * A document from outside, unbound: a connection that this workspace does not have is taken out of its step, so an import
 * never uses a credential it was not given here. A call of a flow that is not here forgets which one it was.
 */
export async function adopt(document: FlowDocument, isOurs: (connectionId: string) => Promise<boolean>, isFlow: (flowId: string) => boolean = () => false): Promise<FlowDocument> {
  const steps = await Promise.all(
    Object.entries(document.steps).map(async ([stepId, step]): Promise<[string, Step]> => {
      if (step.kind === 'subflow') return [stepId, isFlow(step.flow) ? step : { ...step, flow: '' }];
      if (step.kind === 'forEach' && step.source?.connection !== undefined) {
        if (await isOurs(step.source.connection)) return [stepId, step];
        const { connection: _foreign, ...source } = step.source;
        return [stepId, { ...step, source }];
      }
      if (step.kind === 'wait' && step.sender?.connection !== undefined) {
        if (await isOurs(step.sender.connection)) return [stepId, step];
        const { connection: _foreign, ...sender } = step.sender;
        return [stepId, { ...step, sender }];
      }
      if (!('connection' in step) || step.connection === undefined || (await isOurs(step.connection))) return [stepId, step];
      const { connection: _foreign, ...unbound } = step;
      return [stepId, unbound];
    }),
  );
  return { ...document, steps: Object.fromEntries(steps) };
}
