import type { FlowSource } from '@weft/engine';
import { queueKey } from '@weft/flow';
import type { VersionDocuments } from '../stores/flows/version-documents.ts';

/** Where the engine finds the document that a run is made with, and what keeps a run in order among the runs of its flow. */
export function createFlowSource(documents: Pick<VersionDocuments, 'find'>): Required<Pick<FlowSource, 'load' | 'keyOf'>> {
  return {
    async load({ runId, versionId }) {
      const found = documents.find(versionId);
      if (!found) throw new Error(`The document ${versionId} of the run ${runId} is missing from the database.`);
      return found.document;
    },
    keyOf({ mode, versionId, payload }) {
      const document = mode === 'live' ? documents.find(versionId)?.document : undefined;
      return document && queueKey(document, payload);
    },
  };
}
