export interface ReachedAt {
  /** What an administrator has set; undefined where nothing is set. */
  publicUrl: string | undefined;
  /** Where the server listens. */
  host: string;
}

/** Under which names browsers may speak to this installation. */
export interface OwnAddresses {
  /** @param host - of a request, with its port. Null: it came from no browser. */
  isOwnHost(host: string | null): boolean;
  /** Whether a page of ours may have this origin, scheme included, when it calls this host. */
  isOwnOrigin(origin: string, host: string | null): boolean;
}

/**
 * Another name that leads to this server (DNS rebinding) makes a stranger's page look like one of ours, so names are known beforehand: the public
 * address and this machine's own names. Where nothing is set and others may connect, any name may be the right one.
 */
export function createOwnAddresses({ publicUrl, host: listensOn }: ReachedAt): OwnAddresses {
  const known = publicUrl === undefined ? undefined : new URL(publicUrl);
  const anyHost = !known && !isThisMachine(listensOn);

  function isOwnHost(host: string | null): boolean {
    if (host === null || anyHost) return true;
    const scheme = known?.protocol ?? 'http:';
    if (!URL.canParse(`${scheme}//${host}`)) return false;
    const asked = new URL(`${scheme}//${host}`);
    return asked.host === known?.host || isThisMachine(asked.hostname);
  }

  return {
    isOwnHost,
    // Without a public address nothing but plain http is served here.
    isOwnOrigin: (origin, host) => (known ? origin === known.origin : host !== null && origin === `http://${host.toLowerCase()}` && isOwnHost(host)),
  };
}

const isThisMachine = (hostname: string): boolean => /^(?:(?:.+\.)?localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i.test(hostname);
