import { expect } from 'chai';
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import { browserPath } from './chromium.ts';

/** How somebody looks at the site; an ordinary large window with JavaScript where nothing else is said. */
export type View = { width?: number; javaScript?: boolean; forcedColors?: boolean; withoutCsp?: boolean };

/** What a browser does behind one's back would only disturb; no name but ours has an address. */
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-sync',
  '--metrics-recording-only',
  '--no-first-run',
  '--no-pings',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/** One Chromium for the whole run: started by the first suite that needs it. */
let opened: Promise<Browser> | undefined;

// Imported while mocha loads the tests, so this is the root suite's hook: after all tests of all files.
after(async () => {
  const browser = await opened;
  await browser?.close();
});

/**
 * For a suite: opens pages, each in a context of its own, and closes them when the suite ends. A request to anything
 * but our own machine fails the suite (G10).
 */
export function useBrowser(): (view?: View) => Promise<Page> {
  const contexts: BrowserContext[] = [];
  const strangers: string[] = [];
  before(async function () {
    // The first start unpacks the browser.
    this.timeout(90_000);
    await started();
  });
  after(async () => {
    for (const context of contexts.splice(0)) await context.close();
    expect(strangers, 'requests that left this machine').to.deep.equal([]);
  });
  return async ({ width = 1280, javaScript = true, forcedColors = false, withoutCsp = false } = {}) => {
    const context = await (await started()).newContext({
      viewport: { width, height: 800 },
      javaScriptEnabled: javaScript,
      forcedColors: forcedColors ? 'active' : 'none',
      bypassCSP: withoutCsp,
      locale: 'sv-SE',
    });
    context.setDefaultTimeout(15_000);
    contexts.push(context);
    context.on('request', (request) => {
      const { protocol, hostname, href } = new URL(request.url());
      if (protocol.startsWith('http') && hostname !== '127.0.0.1') strangers.push(href);
    });
    return context.newPage();
  };
}

/**
 * A telephone's browser of its own. What pages store lies in a folder, and is there again when the browser is closed and
 * opened anew.
 */
export async function lastingBrowser(folder: string): Promise<BrowserContext> {
  const executablePath = await browserPath();
  const view = { viewport: { width: 360, height: 740 }, locale: 'sv-SE' };
  const context = await chromium.launchPersistentContext(folder, { executablePath, args: quiet, ...view });
  context.setDefaultTimeout(15_000);
  return context;
}

/** What somebody reads there, once it is there. */
export async function wordsAt(locator: Locator): Promise<string> {
  await locator.first().waitFor();
  return (await locator.allInnerTexts()).join('\n');
}

function started(): Promise<Browser> {
  opened ??= browserPath().then((executablePath) => chromium.launch({ executablePath, args: quiet }));
  return opened;
}
