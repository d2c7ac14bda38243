import type { Timestamp, W } from './shared.ts';

export interface FileSummary {
  name: string;
  sizeBytes: number;
  updatedAt: Timestamp;
  /** The run that wrote it last. */
  runId: string | null;
}

export interface FilePreview {
  /** A table for CSV, text otherwise; null for binary files. */
  table: { columns: string[]; rows: string[][] } | null;
  text: string | null;
  truncated: boolean;
}

/** The files of a workspace. */
export interface FileRoutes {
  'GET /w/:workspace/files': { params: W; response: { files: FileSummary[]; usedBytes: number; quotaBytes: number } };
  /** The body is the file's bytes. */
  'PUT /w/:workspace/files/:name': { params: W & { name: string }; body: Blob; response: FileSummary };
  'GET /w/:workspace/files/:name': { params: W & { name: string }; response: Blob };
  /** `again`: also where the server has died of it too often (422 `task.stopped`). */
  'GET /w/:workspace/files/:name/preview': { params: W & { name: string }; query: { again?: '1' }; response: FilePreview };
  'DELETE /w/:workspace/files/:name': { params: W & { name: string }; response: null };
}
