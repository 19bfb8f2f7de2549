import type { Request } from 'express';
import { kinds } from '../../events/event.ts';
import type { Narrowing } from '../../events/public-events.ts';

/** What the address narrows a list or a feed to. An answer that is none of the known ones narrows nothing. */
export function narrowingOf({ query }: Request): Narrowing {
  const year = /^20\d\d$/.test(String(query.ar)) ? Number(query.ar) : undefined;
  const authority = /^\d\d$/.test(String(query.lan)) ? String(query.lan) : undefined;
  return { authority, kind: kinds.find((kind) => kind === query.typ), year };
}

/** The same as an address has it, with its question mark; empty where nothing is narrowed. */
export function queryOf({ authority: lan, kind: typ, year: ar }: Narrowing): string {
  const given = Object.entries({ lan, typ, ar }).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return given.length ? `?${new URLSearchParams(given)}` : '';
}
