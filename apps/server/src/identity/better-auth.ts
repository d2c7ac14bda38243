import { betterAuth } from 'better-auth/minimal';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { type IdPrefix, newId } from '../db/ids.ts';
import type { Db } from '../db/open.ts';
import { accounts, sessions, users, verifications } from '../db/schema/index.ts';
import { hashPassword, verifyPassword } from './password.ts';

export interface AuthOptions {
  db: Db;
  /** Signs the session cookie. */
  secret: string;
  publicUrl: string;
}

const prefixes: Record<string, IdPrefix> = { user: 'usr', session: 'ses', account: 'acc', verification: 'vrf' };
const sessionDays = 30;

/** The name of the session cookie; `__Host-` ties it to this host and to https. */
export const sessionCookieName = (https: boolean): string => (https ? '__Host-weft-session' : 'weft-session');

/**
 * better-auth as a library: it owns users, sessions and password hashes behind our own routes, and none of its routes is
 * reachable. Signing up is off; accounts come from claiming the installation.
 */
export function createBetterAuth({ db, secret, publicUrl }: AuthOptions) {
  const https = publicUrl.startsWith('https:');
  return betterAuth({
    appName: 'Weft',
    baseURL: publicUrl,
    secret,
    telemetry: { enabled: false },
    logger: { level: 'error' },
    // Transactions off: a better-sqlite3 transaction cannot wait for a promise.
    database: drizzleAdapter(db, {
      provider: 'sqlite',
      schema: { user: users, session: sessions, account: accounts, verification: verifications },
      transaction: false,
    }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 10,
      maxPasswordLength: 200,
      password: { hash: hashPassword, verify: ({ password, hash }) => verifyPassword(password, hash) },
    },
    session: { expiresIn: sessionDays * 86_400, updateAge: 86_400, cookieCache: { enabled: false } },
    // Ours, by e-mail and by address; see throttle.ts.
    rateLimit: { enabled: false },
    advanced: {
      database: { generateId: ({ model }) => newId(prefixes[model] ?? 'vrf') },
      useSecureCookies: false,
      cookies: { session_token: { name: sessionCookieName(https) } },
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure: https, path: '/' },
      // The caller's address is set by us from the socket; a header of that name from outside is overwritten.
      ipAddress: { ipAddressHeaders: ['x-weft-address'] },
    },
  });
}

export type BetterAuth = ReturnType<typeof createBetterAuth>;
