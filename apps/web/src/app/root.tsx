import { Outlet } from '@tanstack/react-router';
import { CommandPalette } from '../commands/command-palette.tsx';
import { ConnectionBanner } from './connection-banner.tsx';

export function Root() {
  return (
    <div className="flex h-full flex-col">
      <ConnectionBanner />
      <div className="min-h-0 flex-1">
        <Outlet />
      </div>
      <CommandPalette />
    </div>
  );
}
