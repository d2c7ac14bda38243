export { useAgain } from './again.ts';
export { approvalKeys, useApprovals, useDecide, useEndWait, useOpenApprovals, usePeople, useRunApprovals } from './approvals.ts';
export { ApiError, messageOf } from './api-error.ts';
export { letterKeys, lettersUrl, useDeadLetterCauses, useDeadLetters, useDiscardLetters, useReplayLetters, type LetterOwner } from './dead-letters.ts';
export { call, urlOf, type CallOptions } from './call.ts';
export { connection, useConnection } from './connection.ts';
export { useConnections, useCreateConnection, useDeleteConnection, useEditConnection, useTestConnection } from './connections.ts';
export { connectorsQuery, useConnectorFacts, useConnectors, useStarters, useTryOut } from './connectors.ts';
export { fileKeys, fileUrl, useDeleteFile, useFilePreview, useFiles } from './files.ts';
export {
  flowKeys,
  flowQuery,
  useCancelQueue,
  calledFlowsQuery,
  callersQuery,
  useCallableFlows,
  useCalledFlows,
  useCreateFlow,
  useDeleteFlow,
  useDuplicateFlow,
  useFetchVersion,
  useFlowPages,
  useFoundFlows,
  useFlowVersion,
  useFlowVersions,
  usePauseFlow,
  usePublishFlow,
  useRejections,
  useSwitchFlow,
} from './flows.ts';
export { invalidateSoon } from './invalidate-soon.ts';
export { LiveProvider, useLive } from './live.tsx';
export { useDrain, useHoldConnector, useMaintenance } from './maintenance.ts';
export {
  meQuery,
  sessionQuery,
  useChangePassword,
  useClaim,
  useCreateWorkspace,
  useEndSession,
  useMe,
  useRename,
  useRenameWorkspace,
  useSessions,
  useSignIn,
  useSignOut,
} from './me.ts';
export { queryClient } from './query-client.ts';
export { rememberEntries, rememberProgress, rememberRun, runKeys, useCancelRun, useRun, useRunAgain, useRuns, type RunFilter } from './runs.ts';
export { useLabelRun, useReplay, useReplayPreview, useRetryable, useRetryRuns, type RetryProgress } from './replays.ts';
export { session } from './session-events.ts';
export { useSaveSettings, useSettings } from './settings.ts';
export { triggerKeys, useBackfillPreview, useBackfills, useBeginBackfill, usePollNow, useStopBackfill, useTriggerState } from './triggers.ts';
export { upload, type UploadOptions } from './upload.ts';
export { useWorkspaceId, WorkspaceProvider } from './workspace.ts';
