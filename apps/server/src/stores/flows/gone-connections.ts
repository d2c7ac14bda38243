import type { FlowDocument, Problem } from '@weft/flow';

/** A problem for each step whose connection this workspace does not have, or has no more: the document alone cannot tell. */
export async function goneConnections(document: FlowDocument, isOurs: (connectionId: string) => Promise<boolean>): Promise<Problem[]> {
  const found = await Promise.all(
    Object.entries(document.steps).map(async ([stepId, step]): Promise<Problem[]> => {
      if (!('connection' in step) || step.connection === undefined || (await isOurs(step.connection))) return [];
      return [
        {
          code: 'connection.gone',
          severity: 'error',
          stepId,
          path: ['connection'],
          message: `The connection of “${step.title}” does not exist any more. Choose another one.`,
        },
      ];
    }),
  );
  return found.flat();
}
