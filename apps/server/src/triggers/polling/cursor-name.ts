/** Under which name a flow's cursor stands. */
export const cursorName = (flowId: string): string => `poll:${flowId}`;
