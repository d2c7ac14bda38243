import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** For what has to have the same one whenever it is started. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A listening TCP server has an address with a port.
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
