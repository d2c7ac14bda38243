import type { Workspace } from '@weft/api';

/** What a person may do inside a workspace. Policies name these, never roles. */
export type Permission =
  | 'workspace.read'
  | 'workspace.edit'
  | 'flow.read'
  | 'flow.edit'
  | 'flow.publish'
  | 'run.read'
  | 'run.start'
  | 'file.read'
  | 'file.edit'
  | 'connection.read'
  | 'connection.edit';

const everything: readonly Permission[] = [
  'workspace.read',
  'workspace.edit',
  'flow.read',
  'flow.edit',
  'flow.publish',
  'run.read',
  'run.start',
  'file.read',
  'file.edit',
  'connection.read',
  'connection.edit',
];

const permissionsOf: Record<Workspace['role'], ReadonlySet<Permission>> = {
  owner: new Set(everything),
  member: new Set(everything.filter((permission) => permission !== 'workspace.edit')),
};

export const allows = (role: Workspace['role'], permission: Permission): boolean => permissionsOf[role].has(permission);
