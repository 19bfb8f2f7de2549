import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Everything an operator can set; the names of the environment stand in .env.example. */
export type Settings = {
  port: number;
  host: string;
  baseUrl: string;
  production: boolean;
  trustProxy: number | string[] | false;
  mongodbUri: string | undefined;
  dataDir: string;
  smtpUrl: string | undefined;
  mailFrom: string;
  /** Letters that leave in any minute, at most. */
  mailRate: number;
  /** Where mail that comes back is taken by SMTP. */
  inboundListen: { host: string; port: number } | undefined;
  /** The mail server whose Authentication-Results count (RFC 8601); without one no sender is believed. */
  inboundAuthservId: string | undefined;
  /** The domain of the envelope senders by which bounces are known. */
  envelopeDomain: string | undefined;
  secret: string;
  /** The secret before this one: what was signed with it still counts. */
  secretBefore: string | undefined;
  firstOrganiser: string | undefined;
  firstAuthority: string;
  exampleData: boolean;
  rateLimit: boolean;
  /** How long after a deadline a form that was begun before it is taken. */
  graceMinutes: number;
  logLevel: LogLevel;
};

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;
type LogLevel = (typeof logLevels)[number];
type Environment = Record<string, string | undefined>;

/** A setting that is wrong or missing: its name, what is wrong and an example, in one sentence. */
export class SettingsError extends Error {
  constructor(name: string, wrong: string, example: string) {
    super(`${name} ${wrong}. Example: ${name}=${example}`);
  }
}

/** Reads `.env` where there is one, then the environment, which goes first. */
export function loadSettings(): Settings {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return readSettings(process.env);
}

/**
 * Checks the environment and fills in what is not set.
 * @throws SettingsError at the first setting that is wrong or missing
 */
export function readSettings(env: Environment): Settings {
  const production =
    oneOf(env, 'NODE_ENV', ['development', 'production', 'test'], 'development') === 'production';
  const port = wholeNumber(env, 'PORT', 3000, { most: 65535 });
  const dataDir = resolve(env.DATA_DIR || './data');
  const mailFrom = env.MAIL_FROM || (production ? undefined : 'boostdagar@example.se');
  if (!mailFrom) throw new SettingsError('MAIL_FROM', 'is missing', 'boostdagar@lansstyrelsen.example.se');
  return {
    port,
    host: env.HOST || (production ? '0.0.0.0' : '127.0.0.1'),
    baseUrl: baseUrl(env, production, port),
    production,
    trustProxy: trustProxy(env),
    mongodbUri: url(
      env,
      'MONGODB_URI',
      ['mongodb:', 'mongodb+srv:'],
      'mongodb://db.example.se/boostdagar?replicaSet=rs0',
    ),
    dataDir,
    smtpUrl: url(env, 'SMTP_URL', ['smtp:', 'smtps:'], 'smtp://user:password@relay.example.se:587'),
    mailFrom: address('MAIL_FROM', mailFrom),
    mailRate: wholeNumber(env, 'MAIL_RATE', 600, { least: 1, most: 100_000 }),
    inboundListen: listen(env, 'INBOUND_LISTEN'),
    inboundAuthservId: domain(env, 'INBOUND_AUTHSERV_ID', 'mx.example.se'),
    envelopeDomain: domain(env, 'ENVELOPE_DOMAIN', 'studs.example.se'),
    secret: secret(env, production, dataDir),
    secretBefore: secretBefore(env),
    firstOrganiser: env.FIRST_ORGANISER ? address('FIRST_ORGANISER', env.FIRST_ORGANISER) : undefined,
    firstAuthority: oneOf(env, 'FIRST_AUTHORITY', ['05', '04'], '05'),
    exampleData: oneOf(env, 'EXAMPLE_DATA', ['true', 'false'], production ? 'false' : 'true') === 'true',
    rateLimit: oneOf(env, 'RATE_LIMIT', ['on', 'off'], 'on') === 'on',
    graceMinutes: wholeNumber(env, 'GRACE_MINUTES', 30, { most: 1440 }),
    logLevel: oneOf(env, 'LOG_LEVEL', logLevels, 'info'),
  };
}

function oneOf<const T extends string>(env: Environment, name: string, allowed: readonly T[], preset: T): T {
  const given = env[name] || preset;
  const found = allowed.find((value) => value === given);
  if (found === undefined)
    throw new SettingsError(name, `is "${given}" but must be one of ${allowed.join(', ')}`, preset);
  return found;
}

type Bounds = { least?: number; most: number };

function wholeNumber(env: Environment, name: string, preset: number, { least = 0, most }: Bounds): number {
  const given = env[name] || String(preset);
  const number = Number(given);
  if (!/^\d+$/.test(given) || number > most || number < least)
    throw new SettingsError(
      name,
      `is "${given}" but must be a whole number from ${least} to ${most}`,
      String(preset),
    );
  return number;
}

function url(env: Environment, name: string, protocols: string[], example: string): string | undefined {
  const given = env[name];
  if (!given) return undefined;
  // A replica set's address lists several hosts, which URL cannot read: the first one stands for all.
  const protocol = URL.parse(given.replace(/,[^/]*/, ''))?.protocol;
  if (!protocol || !protocols.includes(protocol))
    throw new SettingsError(
      name,
      `must be an address that begins with ${protocols.join('// or ')}//`,
      example,
    );
  return given;
}

function baseUrl(env: Environment, production: boolean, port: number): string {
  if (!env.BASE_URL && production)
    throw new SettingsError('BASE_URL', 'is missing', 'https://boostdagar.example.se');
  const given =
    url(env, 'BASE_URL', ['http:', 'https:'], 'https://boostdagar.example.se') ?? `http://localhost:${port}`;
  return given.replace(/\/+$/, '');
}

/** Express reads a number as hops, names and networks as a list. */
function trustProxy(env: Environment): number | string[] | false {
  const given = env.TRUST_PROXY;
  if (!given || given === 'false') return false;
  if (/^\d+$/.test(given)) return Number(given);
  const proxies = given.split(',').map((part) => part.trim());
  if (!proxies.every((proxy) => /^(loopback|linklocal|uniquelocal|[\da-f.:]+(\/\d+)?)$/i.test(proxy)))
    throw new SettingsError('TRUST_PROXY', 'must be a number of proxies or a list of their addresses', '1');
  return proxies;
}

function address(name: string, given: string): string {
  if (!/^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$/.test(given))
    throw new SettingsError(
      name,
      `is "${given}" but must be one plain e-mail address`,
      'boostdagar@example.se',
    );
  return given;
}

function listen(env: Environment, name: string): Settings['inboundListen'] {
  const given = env[name];
  if (!given) return undefined;
  const [, bracketed, plain, digits] = /^(?:\[([\da-f:.]+)\]|([\w.-]+)):(\d{1,5})$/i.exec(given) ?? [];
  const [host, port] = [bracketed ?? plain, Number(digits)];
  if (!host || port < 1 || port > 65535)
    throw new SettingsError(name, `is "${given}" but must be an address and a port`, '127.0.0.1:2525');
  return { host, port };
}

function domain(env: Environment, name: string, example: string): string | undefined {
  const given = env[name];
  if (!given) return undefined;
  if (!/^([a-z\d]([a-z\d-]{0,61}[a-z\d])?\.)*[a-z\d]([a-z\d-]{0,61}[a-z\d])?$/i.test(given))
    throw new SettingsError(name, `is "${given}" but must be a plain host name`, example);
  return given.toLowerCase();
}

/** True where answers to invitations reach us: by SMTP, or by a pipe behind the mail server that is named. */
export function readsReplies(settings: Pick<Settings, 'inboundListen' | 'inboundAuthservId'>): boolean {
  return settings.inboundListen !== undefined || settings.inboundAuthservId !== undefined;
}

/** True where mail of any kind comes back to us: answers, or at least bounces. */
export function takesMail(
  settings: Parameters<typeof readsReplies>[0] & Pick<Settings, 'envelopeDomain'>,
): boolean {
  return readsReplies(settings) || settings.envelopeDomain !== undefined;
}

/** Must be as long as SECRET had to be. */
function secretBefore(env: Environment): string | undefined {
  const given = env.SECRET_BEFORE || undefined;
  if (given && given.length < 32)
    throw new SettingsError(
      'SECRET_BEFORE',
      `has ${given.length} characters but must be a former SECRET, which had at least 32`,
      'the SECRET that was set before',
    );
  return given;
}

/** Outside production a secret is made once and kept in the data folder, so that links live through a restart. */
function secret(env: Environment, production: boolean, dataDir: string): string {
  const wrong = env.SECRET ? `has ${env.SECRET.length} characters but must have at least 32` : 'is missing';
  if (env.SECRET && env.SECRET.length >= 32) return env.SECRET;
  if (env.SECRET || production)
    throw new SettingsError('SECRET', wrong, randomBytes(32).toString('base64url'));
  const file = join(dataDir, 'secret');
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 });
    chmodSync(file, 0o600);
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new SettingsError(
      'DATA_DIR',
      `is "${dataDir}", which cannot be written (${(error as NodeJS.ErrnoException).code})`,
      './data',
    );
  }
}
