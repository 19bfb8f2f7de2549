import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WebServer } from '../../../src/web/server.ts';

/** What stopping would be without care, for the control of stop.ts: stands in the place of web/server.ts. */
export async function openServer(
  answer: RequestListener,
  { port, host }: { port: number; host: string },
): Promise<WebServer> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
