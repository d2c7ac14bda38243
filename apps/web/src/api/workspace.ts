import { createContext, useContext } from 'react';

const WorkspaceContext = createContext<string | null>(null);

/** Everything below belongs to this workspace. */
export const WorkspaceProvider = WorkspaceContext.Provider;

/** Id of the workspace the page belongs to. */
export function useWorkspaceId(): string {
  const workspace = useContext(WorkspaceContext);
  if (workspace === null) throw new Error('useWorkspaceId stands outside a WorkspaceProvider: put the component on a page of a workspace.');
  return workspace;
}
