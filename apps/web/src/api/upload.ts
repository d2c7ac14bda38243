import type { FileSummary, ProblemDetails } from '@weft/api';
import { i18n } from '../locales/i18n.ts';
import { ApiError } from './api-error.ts';
import { fileUrl } from './files.ts';

export interface UploadOptions {
  workspace: string;
  file: File;
  /** Default: the file's own name. */
  name?: string;
  /** 0 … 1. */
  onProgress?: (part: number) => void;
  signal?: AbortSignal;
}

/**
 * Sends a file. `fetch` cannot tell how much has been sent, so this is the one place with an XMLHttpRequest.
 * @throws {ApiError} when the server refuses it; a DOMException named AbortError when it was cancelled.
 */
export function upload({ workspace, file, name = file.name, onProgress, signal }: UploadOptions): Promise<FileSummary> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', fileUrl(workspace, name));
    request.responseType = 'json';
    request.upload.onprogress = (event) => event.lengthComputable && onProgress?.(event.loaded / event.total);
    request.onload = () => {
      // The contract types the answer.
      if (request.status < 300) resolve(request.response as FileSummary);
      else reject(new ApiError(problemOf(request)));
    };
    request.onerror = () =>
      reject(new ApiError({ type: 'about:blank', title: i18n.t('api:lost.title'), status: 0, code: 'connection.lost', detail: i18n.t('api:lost.detail') }));
    request.onabort = () => reject(new DOMException('The upload was cancelled.', 'AbortError'));
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

function problemOf(request: XMLHttpRequest): ProblemDetails {
  // Null where it is no JSON; something in between may have answered, so it is looked at before it is believed.
  const problem = request.response as Partial<ProblemDetails> | null;
  if (problem !== null && typeof problem.code === 'string') return problem as ProblemDetails;
  const { status } = request;
  const detail = i18n.exists(`api:status.${status}`) ? i18n.t(`api:status.${status}`) : i18n.t('api:status.other', { status });
  return { type: 'about:blank', title: detail, status, code: `http.${status}`, detail };
}
