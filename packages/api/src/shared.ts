/** ISO 8601, UTC. */
export type Timestamp = string;

export interface Page<T> {
  items: T[];
  /** Pass as `cursor` for the next page; null at the end. */
  next: string | null;
}

/** What paths of a workspace, and of a flow in it, name. */
export type W = { workspace: string };
export type F = W & { flow: string };
