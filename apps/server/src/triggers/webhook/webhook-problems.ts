import { proofOf } from '@weft/connectors/webhook';
import type { FlowDocument, Problem } from '@weft/flow';

/** What a schema cannot say about a webhook: calls that are to be checked need a secret. An error, because every call would be refused. */
export function webhookProblems(document: FlowDocument): Problem[] {
  return Object.entries(document.steps).flatMap(([stepId, step]) => {
    if (step.kind !== 'trigger' || step.use.connector !== 'webhook' || step.connection !== undefined || !proofOf(step.config)) return [];
    const message = `“${step.title}” checks who calls, but no connection holds the secret: choose or add one.`;
    return [{ code: 'webhook.no_secret', severity: 'error', stepId, path: ['connection'], message }];
  });
}
