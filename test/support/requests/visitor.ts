import type { TestApp } from '../app.ts';
import { wordsOf } from './words.ts';

/** A page as a visitor gets it; redirects are not followed. */
export type Page = { status: number; headers: Headers; html: string; words: string; title: string };

/** Opens an address. */
export async function visit(app: TestApp, path: string, init: RequestInit = {}): Promise<Page> {
  const answer = await fetch(app.url + path, { redirect: 'manual', ...init });
  const html = await answer.text();
  const title = /<title>([^<]*)<\/title>/.exec(html)?.[1] ?? '';
  return { status: answer.status, headers: answer.headers, html, words: wordsOf(html), title };
}

/** Sends a form as a browser does. */
export async function send(app: TestApp, path: string, answers: Record<string, string> = {}): Promise<Page> {
  return visit(app, path, { method: 'POST', body: new URLSearchParams(answers) });
}

/** What stands in a page's fields, by their names: texts, the chosen option, the marked radio. */
export function fieldsOf(html: string): Record<string, string> {
  const inputs = [...html.matchAll(/<input ([^>]*)>/g)].map(([, attributes = '']) => attributes);
  const shown = inputs.filter((one) => !/type="(radio|checkbox)"/.test(one) || / checked/.test(one));
  const fields = shown.map((one): [string, string] => [attribute(one, 'name'), attribute(one, 'value')]);
  const selects = [...html.matchAll(/<select [^>]*name="(\w+)"[^>]*>([\s\S]*?)<\/select>/g)];
  const chosen = selects.map(([, name = '', options = '']): [string, string] => [
    name,
    /value="([^"]*)" selected/.exec(options)?.[1] ?? '',
  ]);
  return Object.fromEntries([...fields, ...chosen]);
}

function attribute(tag: string, name: string): string {
  return wordsOf(new RegExp(`(?:^| )${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
}
