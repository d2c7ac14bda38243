import type { Timestamp } from './shared.ts';

export interface InstallationSettings {
  /** Addresses in CIDR notation or host:port that flows may call although they are private. Empty by default. */
  privateNetworks: string[];
  practiceService: boolean;
  /** Largest webhook body, bytes. Default 5 MiB. */
  webhookLimitBytes: number;
  /** Runs that one flow may have waiting in the queue; beyond, calls are refused with 429. Default 10,000. */
  queuePerFlow: number;
  /** The same for all flows together. Default 100,000. */
  queueInAll: number;
  /** Days that ended runs are kept, where the flow does not say otherwise; null: for ever. Default 90. */
  retentionDays: number | null;
  /** Newest runs of each flow that are kept, where the flow does not say otherwise; null: all. Default null. */
  retentionRuns: number | null;
}

/** What an administrator holds back in the whole installation. */
export interface Maintenance {
  /** Nothing new begins since then; null in normal operation. */
  draining: { since: Timestamp; by: string } | null;
  /** Runs in progress: none are left when maintenance can begin. */
  running: number;
  queued: number;
  /** Connector versions that are switched off everywhere. */
  connectors: { connector: string; version: string; title: string; note: string; since: Timestamp; by: string }[];
}

/** The installation as a whole: its state, its settings, and what is held back for maintenance. */
export interface InstallationRoutes {
  'GET /health': { response: { status: 'ok'; version: string } };
  /** This API as an OpenAPI 3.1 document. */
  'GET /openapi.json': { response: Record<string, unknown> };
  'GET /settings': { response: InstallationSettings };
  'PATCH /settings': { body: Partial<InstallationSettings>; response: InstallationSettings };
  /** Limits and maintenance. */
  'GET /maintenance': { response: Maintenance };
  /** Takes no new work and finishes what is in progress, until it is ended; survives a restart. */
  'PUT /maintenance/drain': { body: { draining: boolean }; response: Maintenance };
  /** Switches a connector version off everywhere, `note` says why; null switches it on again. */
  'PUT /maintenance/connectors': { body: { connector: string; version: string; note: string | null }; response: Maintenance };
}
