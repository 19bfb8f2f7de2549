import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Whether a network carries anything; `cuts`: all that is asked arrives, and each answer breaks off in its middle. */
type State = 'up' | 'down' | 'cuts';

/** What lies between a telephone and a server. */
export type Network = { url: string; is(state: State): void; close(): void };

/** Opens a network that leads to a server, and can fail. */
export async function startNetwork(to: string): Promise<Network> {
  const { hostname, port } = new URL(to);
  const open = new Set<Socket>();
  let state: State = 'up';
  const server = createServer((near) => {
    if (state === 'down') return near.destroy();
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        open.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far);
    if (state === 'up') far.pipe(near);
    else far.once('data', (answer) => near.write(answer.subarray(0, 100), () => near.destroy()));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    is(next) {
      state = next;
      for (const socket of open) socket.destroy();
    },
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
