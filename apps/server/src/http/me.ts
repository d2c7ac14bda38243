import { z } from 'zod';
import type { Identity } from '../identity/identity.ts';
import type { WorkspaceStore } from '../stores/workspaces/workspace-store.ts';
import type { Me } from '@weft/api';
import { currentPassword, email, name, newPassword } from './fields.ts';
import type { Actor } from '../identity/actor.ts';
import { defineRoutes } from './route.ts';

export interface MeServices {
  identity: Identity;
  workspaces: WorkspaceStore;
  publicUrl: string;
  /** Null when the practice service is switched off. */
  practiceUrl(): string | null;
}

/** Claiming, signing in and out, and one's own account. */
export function meRoutes({ identity, workspaces, publicUrl, practiceUrl }: MeServices) {
  const meOf = async ({ user, administrator }: Actor): Promise<Me> => ({
    user,
    workspaces: await workspaces.of(user.id),
    administrator,
    publicUrl,
    practiceUrl: practiceUrl(),
  });

  return defineRoutes({
    'GET /setup': { policy: 'public', handler: async () => ({ claimed: identity.claimed() }) },
    'POST /setup': {
      policy: 'public',
      body: z.strictObject({ token: z.string().max(200), name, email, password: newPassword, workspace: name }),
      handler: async ({ body, ...exchange }) => meOf(await identity.claim(body, exchange)),
    },
    'GET /session': {
      policy: 'public',
      async handler({ request, answer }) {
        const actor = await identity.identify(request, answer);
        return { claimed: identity.claimed(), me: actor && (await meOf(actor)) };
      },
    },
    'POST /session': {
      policy: 'public',
      body: z.strictObject({ email, password: currentPassword }),
      handler: async ({ body, ...exchange }) => meOf(await identity.signIn(body, exchange)),
    },
    'DELETE /session': {
      policy: 'session',
      async handler({ actor, ...exchange }) {
        await identity.signOut(actor, exchange);
        return null;
      },
    },
    'GET /me': { policy: 'session', handler: async ({ actor }) => meOf(actor) },
    'PATCH /me': {
      policy: 'session',
      body: z.strictObject({ name }),
      handler: async ({ actor, body }) => meOf({ ...actor, user: await identity.rename(actor, body.name) }),
    },
    'POST /me/password': {
      policy: 'session',
      body: z.strictObject({ current: currentPassword, next: newPassword }),
      async handler({ act, actor, body, address }) {
        await identity.changePassword(act, actor, body, { address });
        return null;
      },
    },
    'GET /me/sessions': { policy: 'session', handler: async ({ actor }) => identity.sessions(actor) },
    'DELETE /me/sessions/:session': {
      policy: 'session',
      async handler({ actor, params }) {
        await identity.endSession(actor, params.session);
        return null;
      },
    },
    'DELETE /me/sessions': {
      policy: 'session',
      async handler({ actor }) {
        await identity.endOtherSessions(actor);
        return null;
      },
    },
  });
}
