import { expect } from 'chai';
import mongoose from 'mongoose';
import { AuditModel } from '../../../src/audit/log.ts';
import { holdRestored } from '../../../src/outbox/held.ts';
import { LetterModel } from '../../../src/outbox/letter.ts';
import { cancelRegistration } from '../../../src/registrations/changes/cancel.ts';
import { register } from '../../../src/registrations/sign-up/register.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEvent, aPerson, monday } from '../../support/builders.ts';
import { visitorAt } from '../../support/contexts.ts';
import { type Browser, signIn } from '../../support/requests/sign-in.ts';
import { wordsOf } from '../../support/requests/words.ts';

const path = '/kontor/brev/hallna';

describe('Letters that a restore holds', () => {
  let app: TestApp;
  let maja: Browser;

  async function open(smtpUrl: string | undefined): Promise<void> {
    app = await startApp({ settings: { smtpUrl } });
    await anAuthority();
    maja = await signIn(app);
    const event = await anEvent();
    for (const name of ['a', 'b', 'c'])
      await register(visitorAt(monday), event._id, aPerson({ email: `${name}@example.se` }));
    if (mongoose.connection.db) await holdRestored(mongoose.connection.db);
  }

  beforeEach(() => open('smtp://post.example.se'));
  afterEach(() => app.close());

  const states = async () =>
    (await LetterModel.find({ listed: true }).sort({ 'to.address': 1 }).lean()).map(({ state }) => state);
  const page = async (at = path) => wordsOf(await (await maja.get(at)).text());

  it('are told of on the first page and among the letters, and stand with a choice for each and for all', async () => {
    expect(await page('/kontor')).to.include('3 mejl väntar på ert ja efter en återläsning');
    expect(await page('/kontor/brev'))
      .to.include('3 mejl väntar på ert ja')
      .and.include('b@example.se');
    expect(await page()).to.match(
      /Skicka alla 3 Skicka inget av dem.*a@example.se.*Skicka till a@example.se/,
    );
  });

  it('are sent with a yes, all or one, which the log tells', async () => {
    const one = await LetterModel.findOne({ 'to.address': 'b@example.se' }).orFail();
    const answer = await maja.post(path, { do: 'skicka', letter: String(one._id) });
    expect([answer.status, answer.headers.get('location')]).to.deep.equal([
      303,
      `${path}?klart=skicka&antal=1`,
    ]);
    expect(await states()).to.deep.equal(['held', 'queued', 'held']);
    await maja.post(path, { do: 'skicka' });
    expect(await states()).to.deep.equal(['queued', 'queued', 'queued']);
    expect((await LetterModel.find().lean()).map(({ dueAt }) => dueAt)).to.deep.equal([
      monday,
      monday,
      monday,
    ]);
    expect(await page('/kontor/logg')).to.include(
      'Maja Lindgren lät skicka det som hållits efter en återläsning: 2 mejl',
    );
    expect(await page()).to.include('Inga mejl väntar på ert ja.');
  });

  it('are dropped with a no', async () => {
    await maja.post(path, { do: 'kasta' });
    expect(await states()).to.deep.equal(['dropped', 'dropped', 'dropped']);
    expect(await page('/kontor/logg')).to.include('kastade det som hållits efter en återläsning: 3 mejl');
  });

  it('are kept where there is no mail server', async () => {
    await app.close();
    await open(undefined);
    await maja.post(path, { do: 'skicka' });
    expect(await states()).to.deep.equal(['kept', 'kept', 'kept']);
  });

  it('stay as they are without a decision, without the token, and for another county board', async () => {
    const { _id } = await LetterModel.findOne({ listed: true }).orFail();
    const eva = await signIn(app, { name: 'Eva Ek', email: 'eva.ek@example.se', authority: '04' });
    const posts = [
      [maja, {}],
      [maja, { do: 'skicka', letter: 'x' }],
      [maja, { do: 'skicka', csrf: 'x' }],
      [eva, { do: 'skicka' }],
      [eva, { do: 'kasta', letter: String(_id) }],
    ] as const;
    for (const [who, fields] of posts) await who.post(path, fields);
    expect(await states()).to.deep.equal(['held', 'held', 'held']);
    expect(await AuditModel.countDocuments({ action: /^letters/ })).to.equal(0);
  });

  it('are taken back where a newer letter makes them wrong', async () => {
    const letter = await LetterModel.findOne({ 'to.address': 'a@example.se' }).orFail();
    if (!letter.registration) throw new Error('The letter is about nobody.');
    await cancelRegistration(visitorAt(monday), letter.registration);
    expect((await LetterModel.findById(letter._id).orFail()).state).to.equal('dropped');
  });
});
