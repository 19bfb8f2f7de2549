import type { Request } from 'express';
import { kinds } from '../../events/event.ts';
import type { Narrowing } from '../../events/public-events.ts';

/** What the address narrows a list or a feed to. An answer that is none of the known ones narrows nothing. */
export function narrowingOf({ query }: Request): Narrowing {
  const year = /^20\d\d$/.test(String(query.ar)) ? Number(query.ar) : undefined;
  const authority = /^\d\d$/.test(String(query.lan)) ? String(query.lan) : undefined;
  return { authority, kind: kinds.find((kind) => kind === query.typ), year };
}

/** Which page of a list the address asks for, counted from 1. */
export function pageIn({ query }: Request): number {
  return /^[1-9]\d{0,3}$/.test(String(query.sida)) ? Number(query.sida) : 1;
}

/** The same as an address has it, with its question mark; empty where nothing is narrowed and it is the first page. */
export function queryOf({ authority: lan, kind: typ, year: ar }: Narrowing, page = 1): string {
  const sida = page > 1 ? page : undefined;
  const given = Object.entries({ lan, typ, ar, sida }).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return given.length ? `?${new URLSearchParams(given)}` : '';
}
