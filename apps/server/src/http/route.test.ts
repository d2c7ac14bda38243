import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineRoutes, type RouteTable } from './route.ts';

test('a route that is wrong does not compile', () => {
  const rename = z.strictObject({ name: z.string() });
  const refused = [
    // @ts-expect-error -- no policy
    defineRoutes({ 'GET /setup': { handler: async () => ({ claimed: true }) } }),
    // @ts-expect-error -- no route of the contract
    defineRoutes({ 'GET /secrets': { policy: 'public', handler: async () => ({}) } }),
    // @ts-expect-error -- a workspace’s route names a permission, never “anybody”
    defineRoutes({ 'GET /w/:workspace/flows': { policy: 'public', handler: async () => [] } }),
    // @ts-expect-error -- a permission needs a workspace to hold it in
    defineRoutes({ 'GET /setup': { policy: 'flow.read', handler: async () => ({ claimed: true }) } }),
    // @ts-expect-error -- a body without a schema
    defineRoutes({ 'PATCH /workspaces/:workspace': { policy: 'workspace.edit', handler: async ({ workspace }) => workspace } }),
    defineRoutes({
      'POST /workspaces': {
        policy: 'session',
        // @ts-expect-error -- a body of another shape than the contract’s
        body: z.strictObject({ title: z.string() }),
        handler: async () => ({ id: '', name: '', role: 'owner', practiceUrl: null }),
      },
    }),
    // @ts-expect-error -- an answer of another shape than the contract’s
    defineRoutes({ 'GET /setup': { policy: 'public', handler: async () => ({ claimed: 'yes' }) } }),
    // @ts-expect-error -- who nobody has identified has no account to read
    defineRoutes({ 'GET /setup': { policy: 'public', handler: async ({ actor }) => ({ claimed: actor.administrator }) } }),
  ];
  // @ts-expect-error -- the table of all routes with some missing
  const incomplete: RouteTable = defineRoutes({
    'PATCH /workspaces/:workspace': { policy: 'workspace.edit', body: rename, handler: async ({ workspace }) => workspace },
  });
  expect(refused).toHaveLength(8);
  expect(Object.keys(incomplete)).toEqual(['PATCH /workspaces/:workspace']);
});
