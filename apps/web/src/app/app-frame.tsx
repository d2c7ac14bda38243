import { Outlet, useLocation, useParams } from '@tanstack/react-router';
import type { Me } from '@weft/api';
import { useEffect } from 'react';
import { LiveProvider, useMe, WorkspaceProvider } from '../api/index.ts';
import { LoadingRegion, useMedia } from '../ui/index.ts';
import { GlobalCommands } from './global-commands.tsx';
import { lastWorkspace, rememberWorkspace } from './last-workspace.ts';
import { Navigation } from './navigation.tsx';
import { SkipLink } from './skip-link.tsx';

/** Navigation at the left, the page beside it. The editor needs the room: there, and in narrow windows, the navigation is a rail of icons. */
export function AppFrame() {
  const { data: me } = useMe();
  // While signing out, nobody is there for a moment.
  return me === undefined ? <LoadingRegion /> : <Frame me={me} />;
}

function Frame({ me }: { me: Me }) {
  const { workspace: id } = useParams({ strict: false });
  const inEditor = useLocation({ select: ({ pathname }) => /^\/w\/[^/]+\/flows\/[^/]+/.test(pathname) });
  const narrow = useMedia('(max-width: 900px)');
  const workspace = me.workspaces.find((one) => one.id === id) ?? lastWorkspace(me);

  useEffect(() => rememberWorkspace(workspace.id), [workspace.id]);

  return (
    <WorkspaceProvider value={workspace.id}>
      <LiveProvider key={workspace.id} workspace={workspace.id}>
        <GlobalCommands me={me} workspace={workspace} />
        <SkipLink inEditor={inEditor} />
        <div className="flex h-full">
          <Navigation me={me} workspace={workspace} rail={inEditor || narrow} />
          <div className="flex min-w-0 flex-1 flex-col">
            <Outlet />
          </div>
        </div>
      </LiveProvider>
    </WorkspaceProvider>
  );
}
