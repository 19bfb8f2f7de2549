import { expect } from 'chai';
import { createApp } from '../../src/app.ts';
import { databaseClient } from '../../src/base/database.ts';
import { logger } from '../../src/base/log.ts';
import type { Event } from '../../src/events/event.ts';
import { tokenOf } from '../../src/registrations/personal/links.ts';
import { speakerToken } from '../../src/speakers/engagements/links.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { anAuthority, anEngagement, anEvent, aRegistration, aSpeaker, monday } from '../support/builders.ts';
import { forms, type Kind, typedForms } from '../support/requests/forms.ts';
import { routesOf } from '../support/requests/routes.ts';
import { anOrganiser, type Browser, signIn } from '../support/requests/sign-in.ts';

/** What shows nothing, alone or together. */
const unseen = [
  ...['\u200b', '\u00ad', '\u2060', '\ufeff', '\u200f', '\u034f', '\u{e0041}', '\u3164', '\u2800', '\u202e'],
  ...['\u2003\u3000\u202f', '\u0000\u0008', '\ufe0f\u200d\ufe0f'],
];
const pasted = /[^\P{Cc}\r\n]|[\p{Zl}\p{Cf}]|\p{M}/u;

/** An answer as programs put it on the clipboard. */
const asPasted: Record<Kind, (answer: string) => string> = {
  name: (answer) => `\u202a${answer.normalize('NFD')}\u00ad\u202c`,
  line: (answer) => `\ufeff${answer} A\u030a\u200bb\u0001\tc\u202e`,
  lines: (answer) => `${answer} A\u030a\u0000\u000bnästa\u0085tredje\u2028fjärde\u2060`,
  address: (answer) => `\u200b”Örn, Åsa” <mailto:${answer}>;`,
  phone: (answer) => `\u202atel:${answer.replace('-', '\u2011').replace(' ', '\u00a0')} (vx)\u202c`,
  link: (answer) => `<${answer}/@namn?a=b\u00ad\u200b>`,
  number: (answer) => `\u202a${answer}\u202c\u00a0`,
  day: (answer) => `\ufeff${answer.replaceAll('-', '\u2011')}\u200b`,
  time: (answer) => `kl\u00a0${answer.replace(':', '.')}\u2060`,
  table: (answer) =>
    `\ufeff${answer.normalize('NFD').replaceAll('; ', '\t').replaceAll('-', '\u2011')}\u000b`,
};

describe('Typed answers, in every form', function () {
  this.timeout(60_000);
  let app: TestApp;
  let maja: Browser;
  let event: Event;
  let now = monday;
  let ids: Record<string, string>;
  const { info } = logger;

  beforeEach(async () => {
    logger.info = () => {};
    now = monday;
    app = await startApp({ clock: () => now, settings: { rateLimit: false } });
    await anAuthority({ version: 1 });
    event = await anEvent({ state: 'published' });
    const one = await aRegistration(event);
    // With the event's id, so that `:id` names either.
    await aSpeaker({ _id: event._id });
    const bo = await anOrganiser({ email: 'erik@example.se' });
    ids = {
      ...{
        slug: event.slug,
        id: String(event._id),
        registration: String(one._id),
        organiser: String(bo._id),
      },
      token: tokenOf(one, app.settings.secret),
      speaker: speakerToken(await anEngagement(event), app.settings.secret),
    };
    maja = await signIn(app);
  });
  afterEach(async () => {
    logger.info = info;
    await app.close();
  });

  const addressOf = (path: string) => path.replace(/:(\w+)/g, (_all, name: string) => ids[name] ?? '');

  /** Makes what the form needs, and fills it in. @returns how to send it with some answers changed */
  async function open({ path, query = '', answers, at = monday, given }: (typeof typedForms)[number]) {
    now = at;
    ids = { ...ids, ...(await given?.(event)) };
    const address = addressOf(path) + query;
    const [, version] = /name="version" value="(\d+)"/.exec(await (await maja.get(address)).text()) ?? [];
    const filled = { ...answers, ...(version && { version }) };
    return async (changes: Record<string, string>) => {
      const fields = Object.entries({ ...filled, ...changes });
      const named = Object.fromEntries(fields.map(([name, answer]) => [addressOf(name), answer]));
      const answer = await maja.post(address, named);
      return { status: answer.status, html: await answer.text() };
    };
  }

  it('has a row for each address that takes a form', () => {
    const posts = routesOf(createApp(app)).filter(
      ({ method, path }) => method === 'POST' && !path.startsWith('/en/'),
    );
    expect(Object.keys(forms).toSorted()).to.deep.equal(
      [
        ...new Set(posts.map(({ path }) => path.replace('/medverkan/:token', '/medverkan/:speaker'))),
      ].toSorted(),
    );
  });

  for (const form of typedForms) {
    const { path, answers, needed = [], typed, answersWithPage } = form;

    it(`${path} takes what cannot be seen for no answer`, async () => {
      const post = await open(form);
      // All of them by the first field is enough: the others must only be cleaned as well.
      for (const [place, name] of needed.entries())
        for (const nothing of place === 0 ? unseen : ['\u200b\u3164\u2003']) {
          const { status, html } = await post({ [name]: nothing });
          expect(status, `${name} ${JSON.stringify(nothing)}`).to.equal(422);
          expect(html).to.match(new RegExp(`href="#${addressOf(name)}(-1)?"`));
        }
    });

    it(`${path} takes answers as they are pasted, and stores them clean`, async () => {
      const post = await open(form);
      const noisy = Object.entries(typed).map(([name, kind]) => [name, asPasted[kind](answers[name] ?? '')]);
      const { status, html } = await post(Object.fromEntries(noisy));
      expect(status, html.replace(/\s+/g, ' ').slice(0, 3000)).to.equal(answersWithPage ? 200 : 303);
      expect(await stored()).not.to.match(pasted);
    });
  }

  /** Everything that is stored, apart from how it is written. */
  async function stored(): Promise<string> {
    const { client, dbName } = databaseClient();
    const collections = await client.db(dbName).listCollections({}, { nameOnly: true }).toArray();
    const texts: string[] = [];
    for (const { name } of collections)
      for (const row of await client.db(dbName).collection(name).find().toArray()) collect(row, texts);
    return texts.join('\n');
  }

  function collect(value: unknown, texts: string[]): void {
    if (typeof value === 'string') texts.push(value);
    else if (value && typeof value === 'object') for (const one of Object.values(value)) collect(one, texts);
  }
});
