import { isCallPart, isOperationPart, isUsersPart, partsOf, withAt, type FlowDocument, type Step } from '@weft/flow';

/** What a workspace has of what a document may name. */
export interface Ours {
  connection(connectionId: string): Promise<boolean>;
  flow(flowId: string): boolean;
  member(userId: string): Promise<boolean>;
}

/**
 * A document from outside, unbound: a connection that this workspace does not have is taken out of its step, so an import
 * never uses a credential it was not given here. A call of a flow that is not here forgets which one it was, and nobody is asked who
 * does not work here. What a step names is found through the parts of its kind, so a new kind is unbound like the others.
 */
export async function adopt(document: FlowDocument, ours: Ours): Promise<FlowDocument> {
  const steps = await Promise.all(Object.entries(document.steps).map(async ([stepId, step]) => [stepId, await unbound(step, ours)] as const));
  return { ...document, steps: Object.fromEntries(steps) };
}

async function unbound(step: Step, ours: Ours): Promise<Step> {
  let adopted = step;
  for (const part of partsOf(step)) {
    if (isOperationPart(part)) {
      const { connection } = part.operation;
      if (connection !== undefined && !(await ours.connection(connection))) adopted = withAt(adopted, [...part.path, 'connection'], undefined);
    } else if (isCallPart(part)) {
      if (!ours.flow(part.call.flow)) adopted = withAt(adopted, [...part.path, 'flow'], '');
    } else if (isUsersPart(part)) {
      const isMember = await Promise.all(part.users.map((userId) => ours.member(userId)));
      adopted = withAt(adopted, part.path, part.users.filter((_, at) => isMember[at]));
    }
  }
  return adopted;
}
