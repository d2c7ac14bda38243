import { createTestContext as createContext, type TestContext, type TestContextOptions } from '@weft/connector-sdk/conformance';
import { createEgress } from '@weft/egress';

/** The real guarded egress, allowed to call this machine: what tests listen on is a private network like any other. */
export const loopbackEgress = createEgress({ allowed: () => ['127.0.0.0/8', '::1'] });

/**
 * A context for a connector's tests: real guarded network, real files in a fresh folder.
 * @param options - `allowLoopback: false` refuses this machine, as a fresh installation does.
 */
export function createTestContext({ allowLoopback = true, ...options }: TestContextOptions & { allowLoopback?: boolean } = {}): TestContext {
  return createContext({ egress: allowLoopback ? loopbackEgress : createEgress({ allowed: () => [] }), ...options });
}
