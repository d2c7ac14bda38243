import type { User } from '@weft/api';

/** Whoever asks, once the session cookie has been checked. */
export interface Actor {
  user: User;
  sessionId: string;
  /** Owner of the installation. */
  administrator: boolean;
}
