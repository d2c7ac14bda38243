import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export interface SetUpToken {
  /** What the console prints; null once the installation is claimed. */
  current(): string | null;
  /** Constant in time, whatever the length of the guess. */
  matches(guess: string): boolean;
  useUp(): void;
}

/** Made anew at every start of an unclaimed installation and kept in memory only. */
export function createSetUpToken(claimed: boolean): SetUpToken {
  let token = claimed ? null : randomBytes(24).toString('base64url');
  return {
    current: () => token,
    matches: (guess) => token !== null && timingSafeEqual(digest(guess), digest(token)),
    useUp() {
      token = null;
    },
  };
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
