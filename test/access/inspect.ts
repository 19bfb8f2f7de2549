import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect } from 'chai';
import { HtmlValidate } from 'html-validate';
import type { Page, Response } from 'playwright-core';
import { type Language, textsIn } from '../../src/texts/texts.ts';
import type { View } from '../support/browser/browser.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const inPage = readFileSync(join(import.meta.dirname, 'in-page.js'), 'utf8');

/** As it is sent, so before a browser has mended it. */
const html = new HtmlValidate({
  extends: ['html-validate:standard', 'html-validate:document', 'html-validate:a11y'],
  rules: {
    // Of the same address everything is trusted, what EJS leaves behind at a line's end is no fault, and a button sends its form.
    'require-sri': 'off',
    'no-trailing-whitespace': 'off',
    'no-implicit-button-type': 'off',
    // What scrolls sideways is a region by its role, so that the keyboard can scroll it.
    'prefer-native-element': ['error', { exclude: ['region'] }],
    // What must be known first stands in a box before the page's own heading.
    'heading-level': ['error', { minInitialRank: 'h2' }],
  },
});

/** A page in one of its states: what it is called here, where it stands, its status; `fields` are posted from `from`. */
export type State = {
  name: string;
  path: string;
  status?: number;
  fields?: Record<string, string | string[]>;
  from?: string;
};

/** What a page says of itself (in-page.js). */
type Look = {
  lang: string;
  title: string;
  headings: number;
  inline: string[];
  handlers: string[];
  duplicateIds: string[];
  deadLinks: string[];
  summary: { first: boolean; focused: boolean } | null;
};

/** One page that goes from state to state, what its console has complained of, and whether axe and the HTML validator look too. */
export type Inspector = { page: Page; complaints: string[]; isThorough: boolean };

/** Opens the page with which all states of a suite are looked at. */
export async function inspector(open: (view: View) => Promise<Page>, isThorough = true): Promise<Inspector> {
  const page = await open({});
  await page.addInitScript(isThorough ? `${axe}\n${inPage}` : inPage);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // A browser notes every 4xx that it is answered with; that is the state, no complaint.
    const answered =
      message.text().startsWith('Failed to load resource') && message.location().url === page.url();
    if (message.type() === 'error' && !answered) complaints.push(message.text());
  });
  return { page, complaints, isThorough };
}

/** Goes to a state and holds it to all that every page must keep (T1–T3, T6, T7). */
export async function inspect(
  { page, complaints, isThorough }: Inspector,
  url: string,
  state: State,
  lang: Language,
): Promise<void> {
  complaints.length = 0;
  await page.setViewportSize({ width: 1280, height: 800 });
  const answer = await arrive(page, url, state);
  expect(answer?.status(), 'status').to.equal(state.status ?? 200);
  const text = (await answer?.text()) ?? '';
  // Meanwhile the browser goes on.
  const faults = isThorough ? invalid(text) : [];
  expect(text.trimEnd().slice(-7), 'the end of the page').to.equal('</html>');
  // A browser sets the focus with the first picture of the page, which may come after it has loaded.
  await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
  const { title, summary, ...look } = await page.evaluate<Look>('inPage.look()');
  expect(look).to.deep.equal({
    lang,
    headings: 1,
    inline: [],
    handlers: [],
    duplicateIds: [],
    deadLinks: [],
  });
  if (summary) {
    expect(title).to.match(new RegExp(`^${textsIn(lang)('fel.titelprefix')}`));
    expect(summary).to.deep.equal({ first: true, focused: true });
  }
  if (isThorough) expect(await page.evaluate<string[]>('inPage.violations()'), 'axe').to.deep.equal([]);
  expect(await faults, 'HTML').to.deep.equal([]);
  await page.keyboard.press('Tab');
  expect(await page.evaluate<string[]>('inPage.unseenFocus()'), 'focus').to.deep.equal([]);
  await page.setViewportSize({ width: 320, height: 700 });
  expect(await page.evaluate<string[]>('inPage.overflow()'), 'sideways scroll at 320 px').to.deep.equal([]);
  expect(await page.evaluate<string[]>('inPage.smallTargets()'), 'small targets').to.deep.equal([]);
  const nameless = await page.locator('table:not(:has(> caption))').count();
  expect(nameless, 'tables without a caption').to.equal(0);
  expect(complaints, 'the console').to.deep.equal([]);
}

/** What is wrong with a page's HTML: the rule, where, what. */
async function invalid(page: string): Promise<string[]> {
  const { results } = await html.validateString(page);
  const messages = results.flatMap(({ messages }) => messages);
  return messages.map(({ ruleId, line, message }) => `${ruleId}, line ${line}: ${message}`);
}

async function arrive(page: Page, url: string, { path, fields, from }: State): Promise<Response | null> {
  if (!fields) return page.goto(url + path);
  await page.goto(from === 'about:blank' ? from : url + (from ?? '/'));
  const [answer] = await Promise.all([
    page.waitForResponse(
      (one) => one.request().isNavigationRequest() && ![301, 302, 303].includes(one.status()),
    ),
    page.waitForEvent('load'),
    page.evaluate(`inPage.post(${JSON.stringify(url + path)}, ${JSON.stringify(fields)})`),
  ]);
  return answer;
}
