import type { FlowSource } from '@weft/engine';
import { queueKey, runTitle } from '@weft/flow';
import { isSecretName, redact } from '../redact/redact.ts';
import type { VersionDocuments } from '../stores/flows/version-documents.ts';

/** Where the engine finds the document that a run is made with, and the key and the title of a run among the runs of its flow. */
export function createFlowSource(documents: Pick<VersionDocuments, 'find'>): Required<Pick<FlowSource, 'load' | 'keyOf' | 'titleOf'>> {
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
    titleOf({ versionId, payload }) {
      const document = documents.find(versionId)?.document;
      // Lists and searches show it, so what stands under a secret's name is no title.
      if (!document?.settings?.runTitle || document.settings.runTitle.some(isSecretName)) return undefined;
      return redact(runTitle(document, payload));
    },
  };
}
