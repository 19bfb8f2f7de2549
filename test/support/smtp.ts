import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

/** One mail as the server took it: the envelope and the exact bytes. */
export type Mail = { from: string; to: string[]; raw: Buffer };

/** How the server misbehaves, until told otherwise. A number is the SMTP code it answers. */
export type Behaviour = {
  greeting?: number;
  password?: number;
  mailFrom?: number;
  rcpt?: number | ((address: string) => number | undefined);
  data?: number;
  /** Takes the mail, then cuts the line instead of answering the final dot. */
  lineLost?: boolean;
  /** Takes the mail and never answers the final dot. */
  silent?: boolean;
  /** What it says beside the code. */
  words?: string;
};

export type Smtp = {
  /** For SMTP_URL, without and with TLS and a password. */
  url: string;
  urlWithPassword: string;
  /** All mails taken so far, oldest first. */
  mails: Mail[];
  behave(behaviour: Behaviour): void;
  /** Resolves once so many mails have been taken. */
  received(count: number): Promise<Mail[]>;
  close(): Promise<void>;
};

/** A real SMTP server on loopback that collects mails and misbehaves as told. With `tls` it offers STARTTLS with a certificate of its own making. */
export async function startSmtp(
  first: Behaviour = {},
  { tls = false }: { tls?: boolean } = {},
): Promise<Smtp> {
  let behaviour = first;
  const mails: Mail[] = [];
  const taken = new EventTarget();
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    disabledCommands: tls ? [] : ['STARTTLS'],
    closeTimeout: 100,
    onConnect: (_session, done) => done(refusal(behaviour.greeting, behaviour)),
    onAuth: (auth, _session, done) =>
      done(refusal(behaviour.password, behaviour) ?? null, { user: auth.username }),
    onMailFrom: (_address, _session, done) => done(refusal(behaviour.mailFrom, behaviour)),
    onRcptTo: ({ address }, _session, done) => {
      const { rcpt } = behaviour;
      done(refusal(typeof rcpt === 'function' ? rcpt(address) : rcpt, behaviour));
    },
    onData: async (stream, session, done) => {
      const raw = await buffer(stream);
      if (behaviour.data) return done(refusal(behaviour.data, behaviour));
      mails.push({ ...envelopeOf(session), raw });
      taken.dispatchEvent(new Event('mail'));
      if (behaviour.lineLost) return cut(server, session);
      if (!behaviour.silent) done();
    },
  });
  // A client that goes away in the middle is part of the tests.
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    urlWithPassword: `smtp://anna:hemligt@127.0.0.1:${port}?tls.rejectUnauthorized=false`,
    mails,
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

function cut(server: SMTPServer, session: SMTPServerSession): void {
  for (const connection of server.connections) if (connection.id === session.id) connection._socket.destroy();
}
