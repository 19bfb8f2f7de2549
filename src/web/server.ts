import { createServer, type RequestListener, type Server } from 'node:http';
import { setTimeout } from 'node:timers/promises';

/** How much time and room one client gets. Times in milliseconds. */
export const serverLimits = {
  /** For the head of a request, also on a connection on which nothing comes. */
  headersTimeout: 10_000,
  /** For a whole request. A reverse proxy collects it first and then sends it at once. */
  requestTimeout: 30_000,
  /** How often these two are looked at. */
  connectionsCheckingInterval: 2_000,
  /** Without a byte in either direction, as when an answer is not read. */
  timeout: 60_000,
  /** Connections at the same time. */
  maxConnections: 5_000,
  /** Requests on one connection, one after the other. */
  maxRequestsPerSocket: 1_000,
  /** Requests on one connection that have no answer yet; browsers and proxies send one at a time. */
  unanswered: 5,
};

/** A server stops listening when so many looks, 50 ms apart, have found no new connection, and at the latest after `longest`. */
const calm = 10;
const longest = 60;

/** How long requests that have been accepted may take to be answered after that. */
const patience = 6_000;

export type WebServer = {
  port: number;
  /** Answers all that has been accepted, and goes on accepting for a moment: what has been sent is on its way. */
  stop(): Promise<void>;
};

/**
 * Listens on `host` and `port` (0: any that is free).
 * @throws Error with the system's `code`, as EADDRINUSE
 */
export async function openServer(
  answer: RequestListener,
  at: { port: number; host: string },
  limits = serverLimits,
): Promise<WebServer> {
  const server = createServer(limits, withoutFlood(answer, limits.unanswered));
  const { timeout, maxConnections, maxRequestsPerSocket } = limits;
  Object.assign(server, { timeout, maxConnections, maxRequestsPerSocket });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(at.port, at.host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : at.port,
    stop: () => stop(server),
  };
}

/** Ends a connection that sends request after request without waiting for answers, each of which would be kept for it. */
function withoutFlood(answer: RequestListener, most: number): RequestListener {
  const unanswered = new WeakMap<object, number>();
  return (req, res) => {
    const { socket } = req;
    const count = (change: number) => unanswered.set(socket, (unanswered.get(socket) ?? 0) + change);
    count(1);
    res.once('close', () => count(-1));
    if ((unanswered.get(socket) ?? 0) > most) socket.destroy();
    else answer(req, res);
  };
}

async function stop(server: Server): Promise<void> {
  await noMoreCome(server);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    globalThis.setTimeout(() => server.closeAllConnections(), patience).unref();
  });
}

/** Counted in turns of the event loop, each of which takes in what has come: a clock would run on while the process is busy. */
async function noMoreCome(server: Server): Promise<void> {
  let quiet = 0;
  const note = () => {
    quiet = 0;
  };
  server.on('connection', note);
  for (let turn = 0; turn < longest && quiet < calm; turn++, quiet++) await setTimeout(50);
  server.off('connection', note);
}
