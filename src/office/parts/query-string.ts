import type { Request } from 'express';
import { readDay } from '../../base/form/typed-dates.ts';

// Names in the query are those of the fields that they are about, in English: `status`, `mode`, `page`. `klart` says what
// has been done in the Swedish word of its notice, on visitors' pages too; `ar` of the year's page is a fixed address.

/** One answer in the address's query, trimmed and short; undefined where it is empty or came several times. */
export function asked(req: Request, name: string): string | undefined {
  const value = req.query[name];
  return typeof value === 'string' ? value.trim().slice(0, 200) || undefined : undefined;
}

/** The answer in the query where it is one of the known ones. */
export function askedOneOf<T extends string>(req: Request, name: string, known: readonly T[]): T | undefined {
  const value = asked(req, name);
  return known.find((one) => one === value);
}

/** A day in the query as YYYY-MM-DD, however it was written; what is no day comes as it was typed. */
export function askedDay(req: Request, name: string): string | undefined {
  const typed = asked(req, name);
  return typed && readDay(typed);
}

/** Which page of a list is asked for, counted from 1. */
export function askedPage(req: Request): number {
  const page = Number(asked(req, 'page') ?? 1);
  return Number.isInteger(page) && page >= 1 && page <= 10_000 ? page : 1;
}

/** The days between which a list lies, as the form of its filter asks for them. */
export const dayFilters = [
  { name: 'from', label: 'Från och med' },
  { name: 'to', label: 'Till och med' },
];

/** The path with those answers that there are, so that a link or a redirect keeps the filters. */
export function withQuery(path: string, answers: Record<string, string | number | undefined>): string {
  const given = Object.entries(answers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  const query = new URLSearchParams(given).toString();
  return query ? `${path}?${query}` : path;
}
