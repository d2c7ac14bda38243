import type { AuthTable } from './behaviour.ts';
import { putKey } from './api-key.ts';
import { basicOf, marked, markedWithUser, textOf } from './marked-secrets.ts';

/** What each kind of auth scheme does. Nothing else depends on the kind. */
export const authKinds: AuthTable = {
  none: { secretsOf: marked },
  basic: {
    apply({ headers }, { credentials }) {
      headers['authorization'] = `Basic ${basicOf(textOf(credentials['username']), textOf(credentials['password']))}`;
    },
    secretsOf: markedWithUser,
  },
  bearer: {
    apply({ headers }, { credentials }) {
      headers['authorization'] = `Bearer ${textOf(credentials['token'])}`;
    },
    secretsOf: marked,
  },
  apiKey: { apply: putKey, secretsOf: marked },
  // Other protocols use user and password, too.
  custom: { secretsOf: markedWithUser },
};
