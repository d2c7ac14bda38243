/**
 * Who is who: claiming the installation, signing in and out, sessions and passwords. better-auth begins sessions and
 * knows them by their cookie; everything it is told comes through here, and it is loaded when it is first needed.
 */
import { and, desc, eq, gt, lte, ne } from 'drizzle-orm';
import { commit, statement } from '../db/commit.ts';
import { isDiskFull, isLocked } from '../store-trouble.ts';
import { newId } from '../db/ids.ts';
import type { Db } from '../db/open.ts';
import { accounts, installation, sessions, users } from '../db/schema/index.ts';
import type { SessionSummary, User } from '@weft/api';
import { Refused, invalid, notFound } from '../refused.ts';
import type { Actor } from './actor.ts';
import { type Act, recorded } from '../stores/audit/act.ts';
import { audit } from '../stores/audit/writer.ts';
import { newWorkspace } from '../stores/workspaces/workspace-store.ts';
import type { BetterAuth } from './better-auth.ts';
import { createEndedSessions } from './ended-sessions.ts';
import { networkOf } from './network-of.ts';
import { hashPassword, verifyPassword } from './password.ts';
import { createSetUpToken, type SetUpToken } from './set-up-token.ts';
import type { SpareRoom } from '../spare-room.ts';
import { createThrottle, type Throttle } from './throttle.ts';

export interface IdentityOptions {
  db: Db;
  /** Signs the session cookie. */
  secret: string;
  publicUrl: string;
  /** For a sign-in while the disk is full. */
  spareRoom: Pick<SpareRoom, 'release'>;
}

/** Where a request came from, and where cookies of the answer go. */
export interface Exchange {
  request: Request;
  answer: Headers;
  address: string;
}

interface Credentials {
  email: string;
  password: string;
}

export interface NewOwner {
  token: string;
  name: string;
  email: string;
  password: string;
  workspace: string;
}

export interface Identity {
  claimed(): boolean;
  setUpToken: SetUpToken;
  /** Makes the first account with its workspace, and signs it in. */
  claim(owner: NewOwner, exchange: Exchange): Promise<Actor>;
  identify(request: Request, answer: Headers): Promise<Actor | null>;
  signIn(credentials: Credentials, exchange: Exchange): Promise<Actor>;
  signOut(actor: Actor, exchange: Exchange): Promise<void>;
  rename(actor: Actor, name: string): Promise<User>;
  /** Ends the other sessions too, in case the old password was known to others. */
  changePassword(act: Act, actor: Actor, passwords: { current: string; next: string }, exchange: Pick<Exchange, 'address'>): Promise<void>;
  sessions(actor: Actor): Promise<SessionSummary[]>;
  endSession(actor: Actor, sessionId: string): Promise<void>;
  endOtherSessions(actor: Actor): Promise<void>;
  /** Aborts when this session ends: for what stays open longer than a request. */
  untilSessionEnds(sessionId: string): AbortSignal;
  /** For what stays open: false when the session has ended or expired. */
  isSession(sessionId: string): boolean;
  /** Loads better-auth ahead of the first sign-in, and forgets sessions that have expired. */
  warmUp(): Promise<void>;
}

const minute = 60_000;

export function createIdentity(options: IdentityOptions): Identity {
  const { db, spareRoom } = options;
  let loading: Promise<BetterAuth> | undefined;
  // Loaded lazily: it takes longer to load than all the rest of the server.
  const auth = (): Promise<BetterAuth> => (loading ??= import('./better-auth.ts').then(({ createBetterAuth }) => createBetterAuth(options)));
  let ownerId = db.select({ ownerId: installation.ownerId }).from(installation).get()?.ownerId;
  const setUpToken = createSetUpToken(ownerId !== undefined);
  // Few tries for one account from one network; more from all those together where its owner is not signed in: a stranger locks nobody out.
  const perPair = createThrottle({ allowed: 10, windowMs: 15 * minute });
  const perEmail = createThrottle({ allowed: 100, windowMs: 15 * minute });
  const perNetwork = createThrottle({ allowed: 50, windowMs: 15 * minute });

  const ended = createEndedSessions();
  const otherSessions = (actor: Actor) => db.select({ id: sessions.id }).from(sessions).where(othersOf(actor)).all().map(({ id }) => id);

  const isSignedInFrom = (email: string, network: string): boolean =>
    db
      .select({ address: sessions.ipAddress })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .where(and(eq(users.email, email), gt(sessions.expiresAt, new Date())))
      .all()
      .some(({ address }) => address !== null && networkOf(address) === network);

  /** Counts a try at a password. @returns what takes it back when it was good. */
  function tryPassword(email: string, address: string): () => void {
    const network = networkOf(address);
    const keys: [Throttle, string][] = [[perNetwork, network], [perPair, `${email} ${network}`]];
    if (!isSignedInFrom(email, network)) keys.push([perEmail, email]);
    for (const [throttle, key] of keys) throttle.take(key);
    return () => {
      for (const [throttle, key] of keys) throttle.giveBack(key);
    };
  }

  const perClaim = createThrottle({ allowed: 20, windowMs: minute });

  const actorOf = (user: User, sessionId: string): Actor => ({
    user: { id: user.id, name: user.name, email: user.email },
    sessionId,
    administrator: user.id === ownerId,
  });

  async function beginSession({ email, password }: Credentials, { request, answer, address }: Exchange): Promise<Actor> {
    const succeeded = tryPassword(email.toLowerCase(), address);
    const api = (await auth()).api;
    try {
      const { headers, response } = await api.signInEmail({ body: { email, password }, headers: withAddress(request, address), returnHeaders: true });
      succeeded();
      passCookies(headers, answer);
      const row = db.select({ id: sessions.id }).from(sessions).where(eq(sessions.token, response.token)).get();
      await commit(db, [audit(db, { workspaceId: null, actorId: response.user.id, action: 'session.started', subjectId: row?.id ?? '' })]);
      return actorOf(response.user, row?.id ?? '');
    } catch (error) {
      if (isRefusal(error)) throw new Refused(401, 'auth.failed', 'The e-mail address or the password is not right.', { cause: error });
      throw error;
    }
  }

  const identity: Identity = {
    claimed: () => ownerId !== undefined,
    setUpToken,
    async claim({ token, name, email, password, workspace }, exchange) {
      if (identity.claimed()) throw claimed();
      perClaim.take(networkOf(exchange.address));
      if (!setUpToken.matches(token)) {
        throw new Refused(403, 'setup.token', 'This set-up link is not valid any more. Use the one that the server’s console shows.');
      }
      const now = new Date();
      const userId = newId('usr');
      const workspaceId = newId('ws');
      const hash = await hashPassword(password);
      await commit(db, [
        // Nobody has an account before: a second claim at the same moment fails here, or at the installation's one row.
        statement(
          db.insert(users).values({ id: userId, name, email: email.toLowerCase(), emailVerified: true, createdAt: now, updatedAt: now }).onConflictDoNothing(),
          { rows: 1, otherwise: claimed },
        ),
        statement(
          db.insert(accounts).values({
            id: newId('acc'), accountId: userId, providerId: 'credential', userId, password: hash, createdAt: now, updatedAt: now,
          }),
        ),
        statement(db.insert(installation).values({ id: 1, ownerId: userId, settings: {}, claimedAt: now.getTime() }).onConflictDoNothing(), {
          rows: 1,
          otherwise: claimed,
        }),
        ...newWorkspace(db, { id: workspaceId, name: workspace }, userId),
        audit(db, { workspaceId: null, actorId: userId, action: 'installation.claimed', subjectId: 'installation' }),
      ]);
      ownerId = userId;
      setUpToken.useUp();
      return identity.signIn({ email, password }, exchange);
    },
    async identify(request, answer) {
      if (!request.headers.has('cookie')) return null;
      const { response, headers } = await (await auth()).api.getSession({ headers: request.headers, returnHeaders: true });
      passCookies(headers, answer);
      if (!response) return null;
      await touch(db, response.session.id, response.session.updatedAt);
      return actorOf(response.user, response.session.id);
    },
    async signIn(credentials, exchange) {
      try {
        return await beginSession(credentials, exchange);
      } catch (error) {
        // Who is signed out could not make room otherwise.
        if (!isDiskFull(error) || !spareRoom.release()) throw error;
        return beginSession(credentials, exchange);
      }
    },
    async signOut(actor, { request, answer }) {
      await commit(db, [
        statement(db.delete(sessions).where(eq(sessions.id, actor.sessionId))),
        audit(db, { workspaceId: null, actorId: actor.user.id, action: 'session.ended', subjectId: actor.sessionId }),
      ]);
      // The session is gone; this takes the cookies back.
      const { headers } = await (await auth()).api.signOut({ headers: request.headers, returnHeaders: true });
      ended.end([actor.sessionId]);
      passCookies(headers, answer);
    },
    async rename(actor, name) {
      await commit(db, [
        statement(db.update(users).set({ name, updatedAt: new Date() }).where(eq(users.id, actor.user.id)), { rows: 1 }),
        audit(db, { workspaceId: null, actorId: actor.user.id, action: 'user.renamed', subjectId: actor.user.id, before: actor.user.name, after: name }),
      ]);
      return { ...actor.user, name };
    },
    async changePassword(act, actor, { current, next }, { address }) {
      const succeeded = tryPassword(actor.user.email, address);
      const mine = and(eq(accounts.userId, actor.user.id), eq(accounts.providerId, 'credential'));
      const before = db.select({ password: accounts.password }).from(accounts).where(mine).get()?.password ?? '';
      const wrong = () => invalid('The current password is not right.', [{ path: ['current'], message: 'This is not your current password.' }]);
      if (!(await verifyPassword(current, before))) throw wrong();
      succeeded();
      const password = await hashPassword(next);
      const others = otherSessions(actor);
      await commit(db, [
        // Nothing is written where it was changed at the same moment.
        statement(db.update(accounts).set({ password, updatedAt: new Date() }).where(and(mine, eq(accounts.password, before))), { rows: 1, otherwise: wrong }),
        statement(db.delete(sessions).where(othersOf(actor))),
        ...recorded(db, act, { workspaceId: null, action: 'user.password_changed', subjectId: actor.user.id }, null),
      ]);
      ended.end(others);
    },
    async sessions(actor) {
      const rows = db
        .select()
        .from(sessions)
        .where(and(eq(sessions.userId, actor.user.id), gt(sessions.expiresAt, new Date())))
        .orderBy(desc(sessions.updatedAt))
        .all();
      return rows.map((row) => ({
        id: row.id,
        current: row.id === actor.sessionId,
        createdAt: row.createdAt.toISOString(),
        lastSeenAt: row.updatedAt.toISOString(),
        userAgent: row.userAgent,
        ipAddress: row.ipAddress,
      }));
    },
    async endSession(actor, sessionId) {
      await commit(db, [
        statement(db.delete(sessions).where(and(eq(sessions.id, sessionId), eq(sessions.userId, actor.user.id))), {
          rows: 1,
          otherwise: () => notFound('This session'),
        }),
        audit(db, { workspaceId: null, actorId: actor.user.id, action: 'session.ended', subjectId: sessionId }),
      ]);
      ended.end([sessionId]);
    },
    async endOtherSessions(actor) {
      const others = otherSessions(actor);
      await commit(db, [
        statement(db.delete(sessions).where(othersOf(actor))),
        audit(db, { workspaceId: null, actorId: actor.user.id, action: 'session.others_ended', subjectId: actor.user.id }),
      ]);
      ended.end(others);
    },
    untilSessionEnds: (sessionId) => ended.signal(sessionId),
    isSession: (sessionId) =>
      db.select({ id: sessions.id }).from(sessions).where(and(eq(sessions.id, sessionId), gt(sessions.expiresAt, new Date()))).get() !== undefined,
    async warmUp() {
      await commit(db, [statement(db.delete(sessions).where(lte(sessions.expiresAt, new Date())))]);
      await (await auth()).$context;
    },
  };
  return identity;
}

const claimed = () => new Refused(409, 'setup.claimed', 'This installation has an owner already. Sign in instead.');

const othersOf = (actor: Actor) => and(eq(sessions.userId, actor.user.id), ne(sessions.id, actor.sessionId));

/** Notes that a session is in use, at most every five minutes. */
async function touch(db: Db, sessionId: string, lastSeen: Date): Promise<void> {
  const now = new Date();
  if (now.getTime() - lastSeen.getTime() < 5 * minute) return;
  try {
    await commit(db, [statement(db.update(sessions).set({ updatedAt: now }).where(eq(sessions.id, sessionId)))]);
  } catch (error) {
    // Nobody is turned away because of a note.
    if (!isDiskFull(error) && !isLocked(error)) throw error;
  }
}

/** What better-auth throws for a 4xx, recognised by its shape: comparing with its class would load the library. */
const isRefusal = (error: unknown): boolean =>
  error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' && error.statusCode < 500;

function passCookies(from: Headers, answer: Headers): void {
  for (const cookie of from.getSetCookie()) answer.append('set-cookie', cookie);
}

function withAddress(request: Request, address: string): Headers {
  const headers = new Headers(request.headers);
  headers.set('x-weft-address', address);
  return headers;
}
