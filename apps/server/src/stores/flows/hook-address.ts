/** Calls to flows arrive below it: webhooks at `<workspace>/<path>`, signals at `<workspace>/signals/<flow>/<step>`. */
export const HOOKS_PREFIX = '/hooks/';

/** Where a flow with this path is called. @param publicUrl - without a slash at its end. */
export const hookUrl = (publicUrl: string, workspaceId: string, path: string): string => `${publicUrl}${HOOKS_PREFIX}${workspaceId}/${path}`;
