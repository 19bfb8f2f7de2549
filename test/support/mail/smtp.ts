import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

/** One mail as the server took it: the envelope and the exact bytes. */
export type Mail = { from: string; to: string[]; raw: Buffer };

/** How the server misbehaves, until told otherwise. A number is the SMTP code it answers. */
export type Behaviour = {
  greeting?: number;
  password?: number;
  mailFrom?: number;
  rcpt?: number | ((address: string) => number | 'silence' | undefined);
  data?: number;
  /** Says nothing any more in this phase; `dot`: takes the mail and never answers for it. */
  hangs?: 'greeting' | 'EHLO' | 'MAIL' | 'RCPT' | 'DATA' | 'dot';
  /** Takes the mail, then cuts the line instead of answering the final dot. */
  lineLost?: boolean;
  /** Cuts the line after each letter that it has taken. */
  closes?: boolean;
  /** Answers 452 when so many letters have come over one connection. */
  lettersALine?: number;
  /** What it says beside the code. */
  words?: string;
};

export type Smtp = {
  /** For SMTP_URL, without and with TLS and a password. */
  url: string;
  urlWithPassword: string;
  /** All mails taken so far, oldest first. */
  mails: Mail[];
  /** Connections so far, and at the same time at most. */
  lines: { total: number; most: number };
  behave(behaviour: Behaviour): void;
  /** Resolves once so many mails have been taken. */
  received(count: number): Promise<Mail[]>;
  close(): Promise<void>;
};

/** A key, and a certificate of its own making where there is none. */
type Tls = boolean | { key: string; cert: string };

/** A real SMTP server on loopback that collects mails and misbehaves as told. With `tls` it offers STARTTLS. */
export async function startSmtp(
  first: Behaviour = {},
  { tls = false, port: wanted = 0 }: { tls?: Tls; port?: number } = {},
): Promise<Smtp> {
  let behaviour = first;
  const mails: Mail[] = [];
  const lines = { total: 0, most: 0 };
  const lettersOver = new Map<string, number>();
  const taken = new EventTarget();
  const server = new SMTPServer({
    ...(typeof tls === 'object' && tls),
    authOptional: true,
    disableReverseLookup: true,
    disabledCommands: tls ? [] : ['STARTTLS'],
    closeTimeout: 100,
    onConnect: (session, done) => {
      lines.total += 1;
      lines.most = Math.max(lines.most, server.connections.size);
      const { hangs } = behaviour;
      if (hangs) muteAt(hangs, connectionOf(server, session));
      if (hangs !== 'greeting') done(refusal(behaviour.greeting, behaviour));
    },
    onAuth: (auth, _session, done) =>
      done(refusal(behaviour.password, behaviour) ?? null, { user: auth.username }),
    onMailFrom: (_address, _session, done) => done(refusal(behaviour.mailFrom, behaviour)),
    onRcptTo: ({ address }, session, done) => {
      const { rcpt, lettersALine = Number.POSITIVE_INFINITY } = behaviour;
      const code = typeof rcpt === 'function' ? rcpt(address) : rcpt;
      const isFull = (lettersOver.get(session.id) ?? 0) >= lettersALine;
      if (code !== 'silence') done(refusal(isFull ? 452 : code, behaviour));
    },
    onData: async (stream, session, done) => {
      const raw = await buffer(stream).catch(() => undefined);
      if (!raw) return;
      if (behaviour.data) return done(refusal(behaviour.data, behaviour));
      mails.push({ ...envelopeOf(session), raw });
      lettersOver.set(session.id, (lettersOver.get(session.id) ?? 0) + 1);
      taken.dispatchEvent(new Event('mail'));
      const line = connectionOf(server, session);
      if (behaviour.lineLost) return line?._socket.destroy();
      if (behaviour.hangs === 'dot') return;
      done();
      if (behaviour.closes) line?._socket.end();
    },
  });
  // A client that goes away in the middle is part of the tests.
  server.on('error', () => {});
  server.listen(wanted, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    urlWithPassword: `smtp://anna:hemligt@127.0.0.1:${port}?tls.rejectUnauthorized=false`,
    mails,
    lines,
    behave: (next) => {
      behaviour = next;
    },
    received: async (count) => {
      while (mails.length < count) await once(taken, 'mail');
      return mails;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

function refusal(
  code: number | undefined,
  { words = 'As the test asked for' }: Behaviour,
): Error | undefined {
  return code ? Object.assign(new Error(words), { responseCode: code }) : undefined;
}

function envelopeOf({ envelope }: SMTPServerSession): Omit<Mail, 'raw'> {
  const from = envelope.mailFrom ? envelope.mailFrom.address : '';
  return { from, to: envelope.rcptTo.map(({ address }) => address) };
}

type Connection = { id: string; _socket: Socket };

function connectionOf(server: SMTPServer, session: SMTPServerSession): Connection | undefined {
  const connections: Set<Connection> = server.connections;
  return [...connections].find(({ id }) => id === session.id);
}

/** Takes one command of this connection and never answers it. */
function muteAt(phase: string, connection: Connection | undefined): void {
  if (connection) Object.assign(connection, { [`handler_${phase}`]: () => {} });
}
