import { request } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Route } from './routes.ts';

/** A random number generator whose seed gives the same numbers again (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export type Attempt = {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: Buffer | undefined;
};

/** Names of fields, ids that exist, and whoever is signed in. */
export type World = {
  routes: Route[];
  fields: string[];
  ids: string[];
  keys: string[];
  cookie: string;
  csrf: string;
};

/** Words that have broken programs. */
const badWords = [
  ...['constructor', '__proto__', 'toString', 'hasOwnProperty', 'prototype', 'valueOf', '__defineGetter__'],
  ...[
    '',
    ' ',
    '0',
    '-1',
    '1e999',
    'NaN',
    'null',
    'undefined',
    'true',
    '[object Object]',
    '{"$gt":""}',
    '$where',
  ],
  ...[
    'ja',
    'nej',
    'plats',
    'digitalt',
    'plats,digitalt',
    'confirmed',
    'skola',
    'boostdag',
    'chef',
    '0580',
    'annan',
  ],
  ...['2027-02-11', '2027-02-31', '0000-00-00', '99999-01-01', '09:00', '25:61', '2027-03-28', '02:30'],
  ...['asa.oberg@example.se', 'a@b', '@', '"<x>"@example.se', 'https://example.se/x', 'javascript:alert(1)'],
  ...[
    '<script>',
    '<%= 1 %>',
    '{titel}',
    '{nagot}',
    "'; --",
    '../../etc/passwd',
    '%00',
    '\u0000',
    '\u202e',
    '\ud800',
    '🧨',
  ],
  ...['(a+)+$', 'x'.repeat(5000), 'å'.repeat(300), '\r\nX: y', '9'.repeat(400)],
];

/** Makes attempts by a random generator: any route, method, headers and body. */
export function attempts(random: () => number, world: World): () => Attempt {
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const chance = (part: number) => random() < part;
  const word = () => one(chance(0.2) ? world.ids : badWords);

  function pairs(): URLSearchParams {
    const fields = Array.from({ length: Math.floor(random() * 12) }, () => [one(world.fields), word()]);
    return new URLSearchParams(fields as [string, string][]);
  }

  function pathOf({ path }: Route): string {
    const filled = path.replace(/:(\w+)/g, (_all, name: string) => {
      if (name === 'token' && chance(0.7)) return one(world.keys);
      return chance(0.7) ? one(world.ids) : encodeURIComponent(word().toWellFormed());
    });
    const odd = chance(0.05) ? one(['/', '//', '/%', '/%ff', '/..', '?', '?a[b]=1&a=2', ';x']) : '';
    return filled + odd + (chance(0.4) ? `?${pairs()}` : '');
  }

  function headers(): Record<string, string> {
    const odd: [string, string[]][] = [
      ['Accept', ['*/*', 'application/json', 'x', '']],
      ['Accept-Encoding', ['gzip', 'br', 'identity;q=0', '*;q=0', 'x']],
      ['Accept-Language', ['en', 'sv', '*', 'constructor']],
      ['Host', ['evil.example', '127.0.0.1', '[::1]']],
      ['If-None-Match', ['*', 'W/"x"', '"']],
      ['If-Modified-Since', ['x', 'Thu, 01 Jan 1970 00:00:00 GMT']],
      ['Origin', ['null', 'https://evil.example', 'x']],
      ['Range', ['bytes=0-1', 'bytes=x', 'bytes=5-1']],
      ['Sec-Fetch-Site', ['same-origin', 'cross-site', 'none', 'constructor']],
      ['Sec-Purpose', ['prefetch']],
      ['User-Agent', ['', 'constructor', 'Mozilla/5.0 (Windows NT 10.0) Firefox/140.0', 'x'.repeat(2000)]],
      ['X-Forwarded-For', ['1.2.3.4', 'x', '::1, ::2']],
      ['X-HTTP-Method-Override', ['DELETE']],
      ['Cookie', ['kontor=s%3Ax.y', 'kontor=', 'kontor-inloggning=x', ';;;=;', '__proto__=1']],
    ];
    const chosen = odd.filter(() => chance(0.06)).map(([name, values]) => [name, one(values)]);
    return { ...(chance(0.7) && { Cookie: world.cookie }), ...Object.fromEntries(chosen) };
  }

  function body(): Pick<Attempt, 'headers' | 'body'> {
    const form = pairs();
    if (chance(0.8)) form.append('csrf', world.csrf);
    const text = chance(0.05) ? one(['%', '=', '&&&', 'a=%ff', '\u0000', '{"a":1}', '[[']) : String(form);
    const types = [
      'application/json',
      'multipart/form-data',
      'multipart/form-data; boundary=x',
      'text/plain',
      'x',
      '',
    ];
    const charsets = ['x', 'utf-8', 'utf-16', 'iso-8859-1', ''];
    const charset = `application/x-www-form-urlencoded; charset=${one(charsets)}`;
    const type = chance(0.9) ? 'application/x-www-form-urlencoded' : chance(0.5) ? one(types) : charset;
    const coded = coding(Buffer.from(text));
    return { headers: { ...(type && { 'Content-Type': type }), ...coded.headers }, body: coded.body };
  }

  function coding(plain: Buffer): { headers: Record<string, string>; body: Buffer } {
    if (chance(0.93)) return { headers: {}, body: plain };
    const name = one(['gzip', 'br', 'deflate', 'https', 'constructor']);
    const coded = name === 'gzip' ? gzipSync(plain) : name === 'br' ? brotliCompressSync(plain) : plain;
    return { headers: { 'Content-Encoding': name }, body: chance(0.8) ? coded : coded.subarray(0, 5) };
  }

  return () => {
    const route = one(world.routes);
    const method = chance(0.85)
      ? route.method
      : one(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'PROPFIND']);
    const sent = method === 'GET' || method === 'HEAD' || chance(0.05) ? { headers: {} } : body();
    return { method, path: pathOf(route), ...sent, headers: { ...headers(), ...sent.headers } };
  };
}

/** Sends an attempt. @returns its status; `hangs` after ten seconds without an end, or why there was none */
export function send(url: string, { method, path, headers, body }: Attempt): Promise<number | string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const sent = request({ hostname, port, method, path, headers, agent: false }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
      answer.on('error', ({ message }) => resolve(message));
    });
    sent.setTimeout(10_000, () => sent.destroy(new Error('hangs')));
    sent.on('error', ({ message }) => resolve(message));
    sent.end(body);
  });
}
