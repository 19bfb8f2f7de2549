import { createServer, type Server, type Socket } from 'node:net';
import type { Reply, Request } from './messages.ts';
import { readRequest, takeMessage, writeReply } from './messages.ts';

/** The connection that a command came by. */
export type Peer = { readonly destroyed: boolean };

/** Answers one command. It never rejects. */
export type Answer = (request: Request, from: Peer) => Promise<Reply>;

/** Where to listen: a file for a Unix socket, or a port of 127.0.0.1 (0: any). */
export type Address = { path: string } | { port: number; host: '127.0.0.1' };

/** A listening server; `close` ends its connections. */
export type Listening = { port: number | undefined; close(): Promise<void> };

/** Speaks MongoDB's wire protocol at `address`. */
export async function listen(address: Address, answer: Answer): Promise<Listening> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serve(socket, answer);
  });
  await listening(server, address);
  const bound = server.address();
  return {
    port: typeof bound === 'object' && bound ? bound.port : undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function listening(server: Server, address: Address): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen({ ...address, backlog: 1024 }, () => resolve());
  });
}

/** Commands of one connection are answered one after the other; what a client sends or does not read in time waits with it. */
function serve(socket: Socket, answer: Answer): void {
  const arrived: Buffer[] = [];
  let busy = false;
  socket.setNoDelay(true);
  // a client that goes away in the middle is no error of ours
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    arrived.push(chunk);
    if (busy) socket.pause();
    else drain().catch(() => socket.destroy());
  });

  async function drain(): Promise<void> {
    busy = true;
    for (let message = takeMessage(arrived); message; message = takeMessage(arrived)) {
      const request = readRequest(message);
      const reply = await answer(request, socket);
      if (request.silent || socket.write(writeReply(request, reply)) || socket.destroyed) continue;
      await new Promise((resolve) => socket.once('drain', resolve).once('close', resolve));
    }
    busy = false;
    socket.resume();
  }
}
