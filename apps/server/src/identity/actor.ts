import type { User } from '@weft/api';

/** The person behind a request, after the session cookie has been checked. */
export interface Actor {
  user: User;
  sessionId: string;
  /** Owner of the installation. */
  administrator: boolean;
}
