import { createRootRoute, createRoute, createRouter, lazyRouteComponent, notFound, redirect } from '@tanstack/react-router';
import { runStatuses, type RunStatus } from '@weft/api';
import { connectorsQuery, flowQuery, meQuery, queryClient, session, sessionQuery } from '../api/index.ts';
import { AppFrame } from './app-frame.tsx';
import { NotFoundPage, PageError, PagePending } from './page-error.tsx';
import { lastWorkspace } from './last-workspace.ts';
import { ownPath } from './own-path.ts';
import { Root } from './root.tsx';

const root = createRootRoute({ component: Root, notFoundComponent: NotFoundPage });

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: async () => {
    const me = await signedIn('/');
    throw redirect({ to: '/w/$workspace/flows', params: { workspace: lastWorkspace(me).id }, replace: true });
  },
});

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: (search): { token?: string } => ({ token: textOf(search['token']) }),
  beforeLoad: async () => {
    const { claimed } = await queryClient.fetchQuery(sessionQuery);
    if (claimed) throw redirect({ to: '/sign-in', replace: true });
  },
  component: lazyRouteComponent(() => import('../account/setup-page.tsx'), 'SetupPage'),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search): { next?: string } => ({ next: ownPath(textOf(search['next'])) }),
  beforeLoad: async () => {
    const { claimed } = await queryClient.fetchQuery(sessionQuery);
    if (!claimed) throw redirect({ to: '/setup', replace: true });
  },
  component: lazyRouteComponent(() => import('../account/sign-in-page.tsx'), 'SignInPage'),
});

/** Everything that needs somebody: the frame with the navigation stays while pages change. */
const framed = createRoute({
  getParentRoute: () => root,
  id: 'framed',
  beforeLoad: async ({ location }) => {
    const me = await signedIn(location.href);
    // Nearly every page draws connectors: read beside the page's own code.
    void queryClient.prefetchQuery(connectorsQuery);
    return { me };
  },
  component: AppFrame,
});

const workspace = createRoute({
  getParentRoute: () => framed,
  path: '/w/$workspace',
  beforeLoad: ({ context, params }) => {
    if (!context.me.workspaces.some(({ id }) => id === params.workspace)) throw notFound();
  },
});

const flows = createRoute({
  getParentRoute: () => workspace,
  path: '/flows',
  component: lazyRouteComponent(() => import('../flows/flows-page.tsx'), 'FlowsPage'),
});

const editorCode = () => import('./editor-route.tsx');

/** A run that is shown below the canvas at first, with the step that failed in it. */
export interface EditorSearch {
  run?: string;
}

const editor = createRoute({
  getParentRoute: () => workspace,
  path: '/flows/$flow',
  validateSearch: (search): EditorSearch => ({ run: textOf(search['run']) }),
  component: lazyRouteComponent(editorCode, 'EditorRoute'),
});

// The editor is the largest page: where it is what was asked for, its code and its flow travel while the session is still being checked.
const asked = /^\/w\/([^/]+)\/flows\/([^/]+)$/.exec(window.location.pathname);
if (asked?.[1] !== undefined && asked[2] !== undefined) {
  void editorCode();
  void queryClient.prefetchQuery(flowQuery(asked[1], asked[2]));
  void queryClient.prefetchQuery(connectorsQuery);
}

/** What the history is narrowed down to; stands in the address so that it can be shared and survives a reload. */
export interface RunsSearch {
  flow?: string;
  status?: RunStatus;
  mode?: 'live' | 'test';
  /** Only runs with warnings. */
  warned?: 'yes';
  search?: string;
  /** The first and the last day, in the reader's zone: `2026-03-12`. */
  from?: string;
  to?: string;
}

const runs = createRoute({
  getParentRoute: () => workspace,
  path: '/runs',
  validateSearch: (search): RunsSearch => ({
    flow: textOf(search['flow']),
    status: runStatuses.find((status) => status === search['status']),
    mode: search['mode'] === 'live' || search['mode'] === 'test' ? search['mode'] : undefined,
    warned: search['warned'] === 'yes' ? 'yes' : undefined,
    search: textOf(search['search']),
    from: dayOf(search['from']),
    to: dayOf(search['to']),
  }),
  component: lazyRouteComponent(() => import('../runs/runs-page.tsx'), 'RunsPage'),
});

/** Which part of a run is looked at. Absent: its steps. */
export interface RunSearch {
  tab?: 'dead-letters';
}

const run = createRoute({
  getParentRoute: () => workspace,
  path: '/runs/$run',
  validateSearch: (search): RunSearch => (search['tab'] === 'dead-letters' ? { tab: 'dead-letters' } : {}),
  component: lazyRouteComponent(() => import('../runs/run-page.tsx'), 'RunPage'),
});

/** Which approvals are listed, and which one is read. */
export interface ApprovalsSearch {
  show?: 'open' | 'decided';
  approval?: string;
}

const approvals = createRoute({
  getParentRoute: () => workspace,
  path: '/approvals',
  validateSearch: (search): ApprovalsSearch => ({ show: search['show'] === 'decided' ? 'decided' : undefined, approval: textOf(search['approval']) }),
  component: lazyRouteComponent(() => import('../approvals/approvals-page.tsx'), 'ApprovalsPage'),
});

const files = createRoute({
  getParentRoute: () => workspace,
  path: '/files',
  component: lazyRouteComponent(() => import('../files/files-page.tsx'), 'FilesPage'),
});

const apps = createRoute({
  getParentRoute: () => workspace,
  path: '/apps',
  component: lazyRouteComponent(() => import('../apps/apps-page.tsx'), 'AppsPage'),
});

const app = createRoute({
  getParentRoute: () => workspace,
  path: '/apps/$app',
  component: lazyRouteComponent(() => import('../apps/app-page.tsx'), 'AppPage'),
});

const connections = createRoute({
  getParentRoute: () => workspace,
  path: '/connections',
  component: lazyRouteComponent(() => import('../connections/connections-page.tsx'), 'ConnectionsPage'),
});

const settings = createRoute({
  getParentRoute: () => framed,
  path: '/settings',
  component: lazyRouteComponent(() => import('../settings/settings-page.tsx'), 'SettingsPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    setup,
    signIn,
    framed.addChildren([workspace.addChildren([flows, editor, runs, run, approvals, files, apps, app, connections]), settings]),
  ]),
  defaultPreload: 'intent',
  defaultPendingComponent: PagePending,
  defaultPendingMs: 300,
  // What is ready is shown: nothing waits for a spinner to have been seen.
  defaultPendingMinMs: 0,
  defaultErrorComponent: PageError,
  defaultNotFoundComponent: NotFoundPage,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

// A session that ended elsewhere, or ran out: sign in and come back to the same place.
session.onEnded(() => {
  const { pathname, href } = router.state.location;
  if (pathname === '/sign-in' || pathname === '/setup' || !queryClient.getQueryData(meQuery.queryKey)) return;
  queryClient.removeQueries({ queryKey: meQuery.queryKey });
  void router.navigate({ to: '/sign-in', search: { next: href } });
});

/** Who is signed in; otherwise to the page that changes that. */
async function signedIn(href: string) {
  const known = queryClient.getQueryData(meQuery.queryKey);
  if (known) return known;
  const { claimed, me } = await queryClient.fetchQuery(sessionQuery);
  if (!claimed) throw redirect({ to: '/setup', replace: true });
  if (!me) throw redirect({ to: '/sign-in', search: href === '/' ? {} : { next: href }, replace: true });
  queryClient.setQueryData(meQuery.queryKey, me);
  return me;
}

const dayOf = (value: unknown): string | undefined => (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined);
const textOf = (value: unknown): string | undefined =>
  (typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined);
