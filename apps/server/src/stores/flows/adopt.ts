import { connectionTakenOut, isCallPart, isOperationPart, isUsersPart, partsOf, withAt, type FlowDocument, type Step } from '@weft/flow';
import type { ImportLoss } from '@weft/api';

/** What a workspace has of what a document may name. */
export interface Ours {
  connection(connectionId: string): Promise<boolean>;
  flow(flowId: string): boolean;
  member(userId: string): Promise<boolean>;
}

export interface Adopted {
  document: FlowDocument;
  /** What was taken out, step by step. */
  dropped: ImportLoss[];
}

/**
 * A document from outside, unbound: a connection that this workspace does not have is taken out of its step, which says so until another
 * one is chosen, so an import never uses a credential it was not given here and never goes without in silence. A call of a flow that is
 * not here forgets which one it was, and assignees who are no members are removed. What a step names is found through the parts of its
 * kind, so a new kind is unbound like the others.
 */
export async function adopt(document: FlowDocument, ours: Ours): Promise<Adopted> {
  const dropped: ImportLoss[] = [];
  const steps: [string, Step][] = [];
  for (const [stepId, step] of Object.entries(document.steps)) {
    steps.push([stepId, await unbound(step, ours, (loss) => dropped.push({ stepId, step: step.title, ...loss }))]);
  }
  return { document: { ...document, steps: Object.fromEntries(steps) }, dropped };
}

async function unbound(step: Step, ours: Ours, lose: (loss: Pick<ImportLoss, 'what'>) => void): Promise<Step> {
  let adopted = step;
  for (const part of partsOf(step)) {
    if (isOperationPart(part)) {
      const { connection } = part.operation;
      if (connection === undefined || (await ours.connection(connection))) continue;
      adopted = withAt(adopted, [...part.path, 'connection'], connectionTakenOut);
      lose({ what: 'connection' });
    } else if (isCallPart(part)) {
      if (part.call.flow === '' || ours.flow(part.call.flow)) continue;
      adopted = withAt(adopted, [...part.path, 'flow'], '');
      lose({ what: 'flow' });
    } else if (isUsersPart(part)) {
      const isMember = await Promise.all(part.users.map((userId) => ours.member(userId)));
      const users = part.users.filter((_, at) => isMember[at]);
      adopted = withAt(adopted, part.path, users);
      if (users.length < part.users.length) lose({ what: 'people' });
    }
  }
  return adopted;
}
