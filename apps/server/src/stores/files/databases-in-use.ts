import type { Disk } from './disk.ts';
import { noSpace } from './file-errors.ts';
import { fileKey } from './replace-file.ts';
import type { Room, Space } from './space.ts';

/**
 * How far databases may grow while steps write to them. Each database in use holds half of what is free when it is opened, so several at once
 * cannot grow beyond the quota together, and all their users share it.
 */
export interface DatabasesInUse {
  /** @returns how large the file may become. @throws {InputError} where there is no space for a new one. */
  begin(workspaceId: string, name: string): number;
  /** One user less. */
  end(workspaceId: string, name: string): void;
}

export function createDatabasesInUse(disk: Disk, space: Space): DatabasesInUse {
  const inUse = new Map<string, { users: number; maxBytes: number; room: Room }>();
  return {
    begin(workspaceId, name) {
      const key = fileKey(workspaceId, name);
      const known = inUse.get(key) ?? { users: 0, maxBytes: 0, room: space.room(workspaceId) };
      const sizeBytes = disk.size(workspaceId, name);
      // Who has it open already may let it grow as far as it was told.
      const promised = Math.max(0, known.maxBytes - sizeBytes);
      const half = Math.floor((space.free(workspaceId) + known.room.heldBytes) / 2);
      known.room.hold(Math.max(promised, half));
      if (sizeBytes === 0 && known.room.heldBytes === 0) throw noSpace(name);
      known.maxBytes = sizeBytes + known.room.heldBytes;
      known.users += 1;
      inUse.set(key, known);
      return known.maxBytes;
    },
    end(workspaceId, name) {
      const key = fileKey(workspaceId, name);
      const known = inUse.get(key);
      if (!known) return;
      known.users -= 1;
      if (known.users > 0) return;
      known.room.giveBack();
      inUse.delete(key);
    },
  };
}
