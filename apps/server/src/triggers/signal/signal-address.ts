/** Where a signal is called: /hooks/<workspace>/signals/<flow>/<step>?key=<correlation key>. */
export interface SignalCall {
  workspaceId: string;
  flowId: string;
  stepId: string;
}

/** @param address - what stands behind /hooks/, without the query. @returns undefined for addresses of webhooks, whose paths have no slash. */
export function signalCallAt(address: string): SignalCall | undefined {
  const [, workspaceId, flowId, stepId] = /^([\w-]{1,80})\/signals\/([\w-]{1,80})\/([\w-]{1,64})$/.exec(address) ?? [];
  if (workspaceId === undefined || flowId === undefined || stepId === undefined) return undefined;
  return { workspaceId, flowId, stepId };
}
