import { createServer, type Server, type Socket } from 'node:net';
import type { Reply, Request } from './messages.ts';
import { readRequest, takeMessage, writeReply } from './messages.ts';

/** The connection that a command came by. */
export type Peer = { readonly destroyed: boolean };

/** Answers one command. It never rejects. */
export type Answer = (request: Request, from: Peer) => Promise<Reply>;

/** Where to listen: a file for a Unix socket, or a port of 127.0.0.1 (0: any). */
export type Address = { path: string } | { port: number; host: '127.0.0.1' };

/** How long a client may take to send one message, in ms. */
const unfinishedLimit = 60_000;

/** A listening server; `close` ends its connections. */
export type Listening = { port: number | undefined; close(): Promise<void> };

/** Speaks MongoDB's wire protocol at `address`. A message that is not complete after `patience` ms ends its connection. */
export async function listen(
  address: Address,
  answer: Answer,
  patience = unfinishedLimit,
): Promise<Listening> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    new Client(socket, answer, patience);
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

/**
 * One connection. Its commands are answered one after the other, and no more is read from it while one is being
 * answered or an answer has not been taken.
 */
class Client {
  readonly #socket: Socket;
  readonly #answer: Answer;
  readonly #arrived: Buffer[] = [];
  readonly #patience: number;
  #unfinished: NodeJS.Timeout | undefined;
  /** When the message that is not complete began to arrive, in ms of performance.now(). */
  #begun: number | undefined;
  #busy = false;
  #writable: PromiseWithResolvers<void> | undefined;

  constructor(socket: Socket, answer: Answer, patience: number) {
    this.#socket = socket;
    this.#answer = answer;
    this.#patience = patience;
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.#take(chunk));
    socket.on('drain', () => this.#writable?.resolve());
    socket.on('close', () => {
      clearTimeout(this.#unfinished);
      this.#writable?.resolve();
    });
    // a client that goes away in the middle is not our error
    socket.on('error', () => socket.destroy());
  }

  #take(chunk: Buffer): void {
    this.#arrived.push(chunk);
    if (this.#busy) this.#socket.pause();
    else this.#answerAll().catch(() => this.#socket.destroy());
  }

  async #answerAll(): Promise<void> {
    this.#busy = true;
    clearTimeout(this.#unfinished);
    for (let message = takeMessage(this.#arrived); message; message = takeMessage(this.#arrived)) {
      this.#begun = undefined;
      const request = readRequest(message);
      const reply = await this.#answer(request, this.#socket);
      if (!request.silent && !(await this.#write(writeReply(request, reply)))) return;
    }
    this.#busy = false;
    if (this.#arrived.length > 0 && !this.#socket.destroyed)
      this.#unfinished = setTimeout(() => this.#socket.destroy(), this.#left());
    this.#socket.resume();
  }

  /** How long the rest of the message that has begun to arrive may take. */
  #left(): number {
    this.#begun ??= performance.now();
    return Math.max(0, this.#begun + this.#patience - performance.now());
  }

  /** Resolves when the client has taken the reply; false: it has gone, and its other commands need no answer. */
  async #write(reply: Buffer): Promise<boolean> {
    if (!this.#socket.write(reply) && !this.#socket.destroyed) {
      this.#writable = Promise.withResolvers<void>();
      await this.#writable.promise;
    }
    return !this.#socket.destroyed;
  }
}
