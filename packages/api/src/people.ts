import type { Timestamp, W } from './shared.ts';

export interface User {
  id: string;
  name: string;
  email: string;
}

export interface Workspace {
  id: string;
  name: string;
  role: 'owner' | 'member';
  /** This workspace's part of the practice service, no slash at the end; null when it is switched off. */
  practiceUrl: string | null;
}

export interface Me {
  user: User;
  workspaces: Workspace[];
  /** Owner of the whole installation: may change its settings. */
  administrator: boolean;
  /** Where this installation is reached from outside, no slash at the end. */
  publicUrl: string;
  /** Base URL of the built-in practice service, or null when it is switched off. */
  practiceUrl: string | null;
}

export interface SessionSummary {
  id: string;
  current: boolean;
  createdAt: Timestamp;
  lastSeenAt: Timestamp;
  userAgent: string | null;
  ipAddress: string | null;
}

/** Somebody who works in a workspace. */
export interface Person extends User {
  role: Workspace['role'];
}

/** People: the first account, sessions, profiles, and who works where. */
export interface PeopleRoutes {
  /** Claiming the installation: open until the first account exists. */
  'GET /setup': { response: { claimed: boolean } };
  'POST /setup': {
    body: { token: string; name: string; email: string; password: string; workspace: string };
    response: Me;
  };
  /** What a page asks first: who is signed in, if anybody is; a stranger is no error. */
  'GET /session': { response: { claimed: boolean; me: Me | null } };
  /** Sign-in, sign-out and passwords. Cookies carry the session. */
  'POST /session': { body: { email: string; password: string }; response: Me };
  'DELETE /session': { response: null };
  'GET /me': { response: Me };
  'PATCH /me': { body: { name: string }; response: Me };
  'POST /me/password': { body: { current: string; next: string }; response: null };
  'GET /me/sessions': { response: SessionSummary[] };
  'DELETE /me/sessions/:session': { params: { session: string }; response: null };
  /** Ends every session but this one. */
  'DELETE /me/sessions': { response: null };
  'POST /workspaces': { body: { name: string }; response: Workspace };
  'PATCH /workspaces/:workspace': { params: W; body: { name: string }; response: Workspace };
  /** Waits and approvals. */
  'GET /w/:workspace/people': { params: W; response: Person[] };
}
