import { z } from 'zod';
import type { WorkspaceStore } from '../stores/workspaces/workspace-store.ts';
import { name } from './fields.ts';
import { defineRoutes } from './route.ts';

export function workspaceRoutes({ workspaces }: { workspaces: WorkspaceStore }) {
  return defineRoutes({
    'POST /workspaces': {
      policy: 'session',
      body: z.strictObject({ name }),
      handler: async ({ act, body }) => workspaces.create(act, body.name),
    },
    'GET /w/:workspace/people': { policy: 'workspace.read', handler: async ({ workspace }) => workspaces.people(workspace.id) },
    'PATCH /workspaces/:workspace': {
      policy: 'workspace.edit',
      body: z.strictObject({ name }),
      handler: async ({ actor, workspace, body }) => workspaces.rename(actor.user.id, workspace.id, body.name),
    },
  });
}
