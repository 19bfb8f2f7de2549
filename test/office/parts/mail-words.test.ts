import { expect } from 'chai';
import { paths } from '../../../src/base/paths.ts';
import type { Settings } from '../../../src/base/settings.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEvent, aRegistration, monday } from '../../support/builders.ts';
import { type Browser, signIn } from '../../support/requests/sign-in.ts';
import { wordsOf } from '../../support/requests/words.ts';

describe('Pages that ask before somebody gets a letter', () => {
  let app: TestApp;
  afterEach(() => app?.close());

  /** Every such page, in an office with these settings. */
  async function pages(settings: Partial<Settings>, example = false): Promise<Record<string, string>> {
    app = await startApp({ settings });
    await anAuthority();
    const maja: Browser = await signIn(app);
    const event = await anEvent({
      example,
      seats: { plats: 1, digitalt: 0 },
      taken: { plats: 1, digitalt: 0 },
    });
    const seated = await aRegistration(event);
    const queue = { status: 'waiting' as const, waitsFor: ['plats' as const], waitingSince: monday };
    const waiting = await aRegistration(event, { ...queue, email: 'ko@example.se' });
    const get = async (path: string) => wordsOf(await (await maja.get(path)).text());
    const many = await maja.post(paths.cancelParticipants(event._id), { chosen: String(seated._id) });
    return {
      event: await get(paths.cancelEvent(event._id)),
      seated: await get(paths.cancelParticipant(event._id, seated._id)),
      waiting: await get(paths.cancelParticipant(event._id, waiting._id)),
      seat: await get(paths.giveSeat(event._id, waiting._id)),
      many: wordsOf(await many.text()),
      erase: await get(paths.erasePerson(event._id, seated._id)),
      change: await get(paths.participant(event._id, seated._id)),
    };
  }

  const promise = /får (?:ett|en|också ett|i stället ett) mejl|mejl om avbokningen raderas när/;
  const smtpUrl = 'smtp://127.0.0.1:1';

  it('promise no letter where there is no mail server, and say that it is only kept', async () => {
    for (const [name, words] of Object.entries(await pages({ smtpUrl: undefined }))) {
      // The help of a field tells what a new address means; the page says below that nothing is sent.
      if (name !== 'change') expect(words, name).not.to.match(promise);
      expect(words, name).to.match(/skickas inte/);
    }
  });

  it('say the same of the example, from which no letter leaves, and why', async () => {
    for (const [name, words] of Object.entries(await pages({ smtpUrl }, true))) {
      if (name !== 'change') expect(words, name).not.to.match(promise);
      expect(words, name)
        .to.match(/skickas inte/)
        .and.not.match(/ingen e-postserver/);
    }
  });

  it('promise the letter where there is one', async () => {
    const { change, many, ...others } = await pages({ smtpUrl });
    for (const [name, words] of Object.entries(others)) {
      expect(words, name).to.match(promise);
      expect(words, name).not.to.include('skickas inte');
    }
    expect(`${change} ${many}`).not.to.include('sparas här');
  });
});
