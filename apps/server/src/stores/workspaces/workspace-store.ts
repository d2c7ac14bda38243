import { randomBytes } from 'node:crypto';
import { and, asc, eq } from 'drizzle-orm';
import { commit, type Statement, statement } from '../../db/commit.ts';
import { newId } from '../../db/ids.ts';
import type { Db } from '../../db/open.ts';
import { memberships, users, workspaces } from '../../db/schema/index.ts';
import type { Person, Workspace } from '@weft/api';
import { notFound } from '../../refused.ts';
import type { Act } from '../audit/act.ts';
import { audit } from '../audit/writer.ts';

export interface WorkspaceStore {
  of(userId: string): Promise<Workspace[]>;
  /** Null when the user is no member. */
  membership(userId: string, workspaceId: string): Promise<Workspace | null>;
  create(act: Act, name: string): Promise<Workspace>;
  rename(userId: string, workspaceId: string, name: string): Promise<Workspace>;
  /** Everybody who works there, by name. */
  people(workspaceId: string): Promise<Person[]>;
  /** Null when no workspace has it. */
  byPracticeToken(token: string): Promise<string | null>;
}

export interface WorkspaceStoreOptions {
  db: Db;
  /** Where the practice service serves the workspace with this token; null when it is switched off. */
  practiceUrl(token: string): string | null;
}

export function createWorkspaceStore({ db, practiceUrl }: WorkspaceStoreOptions): WorkspaceStore {
  const columns = { id: workspaces.id, name: workspaces.name, role: memberships.role, token: workspaces.practiceToken };
  const toWorkspace = ({ token, ...rest }: Omit<Workspace, 'practiceUrl'> & { token: string }): Workspace => ({ ...rest, practiceUrl: practiceUrl(token) });
  const joined = () => db.select(columns).from(memberships).innerJoin(workspaces, eq(workspaces.id, memberships.workspaceId));
  const store: WorkspaceStore = {
    async of(userId) {
      return joined().where(eq(memberships.userId, userId)).orderBy(asc(workspaces.createdAt), asc(workspaces.id)).all().map(toWorkspace);
    },
    async membership(userId, workspaceId) {
      const row = joined().where(and(eq(memberships.userId, userId), eq(memberships.workspaceId, workspaceId))).get();
      return row ? toWorkspace(row) : null;
    },
    async create(act, name) {
      const made = { id: newId('ws'), name, token: newToken() };
      const workspace = toWorkspace({ ...made, role: 'owner' });
      await commit(db, [...newWorkspace(db, made, act.actorId), ...act.answered(workspace)]);
      return workspace;
    },
    async rename(userId, workspaceId, name) {
      const before = await store.membership(userId, workspaceId);
      if (!before) throw notFound('This workspace');
      await commit(db, [
        statement(db.update(workspaces).set({ name }).where(eq(workspaces.id, workspaceId)), { rows: 1 }),
        audit(db, { workspaceId, actorId: userId, action: 'workspace.renamed', subjectId: workspaceId, before: before.name, after: name }),
      ]);
      return { ...before, name };
    },
    async people(workspaceId) {
      return db
        .select({ id: users.id, email: users.email, name: users.name, role: memberships.role })
        .from(memberships)
        .innerJoin(users, eq(users.id, memberships.userId))
        .where(eq(memberships.workspaceId, workspaceId))
        .orderBy(asc(users.name), asc(users.id))
        .all();
    },
    async byPracticeToken(token) {
      return db.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.practiceToken, token)).get()?.id ?? null;
    },
  };
  return store;
}

const newToken = (): string => randomBytes(16).toString('hex');

/** The statements that make a workspace and its owner; also part of claiming the installation. */
export function newWorkspace(db: Db, workspace: { id: string; name: string; token?: string }, ownerId: string): Statement[] {
  const now = Date.now();
  return [
    statement(
      db.insert(workspaces).values({
        id: workspace.id,
        name: workspace.name,
        practiceToken: workspace.token ?? newToken(),
        createdAt: now,
      }),
    ),
    statement(db.insert(memberships).values({ workspaceId: workspace.id, userId: ownerId, role: 'owner', createdAt: now })),
    audit(db, { workspaceId: workspace.id, actorId: ownerId, action: 'workspace.created', subjectId: workspace.id, after: workspace.name }),
  ];
}
