import { connectionTakenOut, operationsOf, type FlowDocument, type Problem } from '@weft/flow';

/** A problem for each step whose connection this workspace does not have, or has no more: the document alone does not show it. */
export async function goneConnections(document: FlowDocument, isOurs: (connectionId: string) => Promise<boolean>): Promise<Problem[]> {
  const found = await Promise.all(
    Object.entries(document.steps).flatMap(([stepId, step]) =>
      operationsOf(step).map(async ({ operation: { connection }, path }): Promise<Problem[]> => {
        if (connection === undefined || connection === connectionTakenOut || (await isOurs(connection))) return [];
        const message = `The connection of “${step.title}” does not exist any more. Choose another one.`;
        return [{ code: 'connection.gone', severity: 'error', stepId, path: [...path, 'connection'], message }];
      }),
    ),
  );
  return found.flat();
}
