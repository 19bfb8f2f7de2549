import { expect } from 'chai';
import PostalMime from 'postal-mime';
import type { Settings } from '../../../src/base/settings.ts';
import type { Event } from '../../../src/events/event.ts';
import { compose } from '../../../src/letters/compose.ts';
import { type Letter, LetterModel, type LetterState } from '../../../src/outbox/letter.ts';
import { toBytes } from '../../../src/outbox/message.ts';
import type { LetterFacts } from '../../../src/registrations/letter-facts.ts';
import { tokenOf } from '../../../src/registrations/personal/links.ts';
import type { Person } from '../../../src/registrations/registration.ts';
import { register } from '../../../src/registrations/sign-up/register.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEvent, aPerson, monday } from '../../support/builders.ts';
import { visitorAt } from '../../support/contexts.ts';
import { owedLetter } from '../../support/mail/letters.ts';
import { type Browser, signIn } from '../../support/requests/sign-in.ts';
import { wordsOf } from '../../support/requests/words.ts';

describe("the office's letters", () => {
  let app: TestApp;
  let maja: Browser;
  let event: Event;

  async function open(settings: Partial<Settings> = {}) {
    app = await startApp({ settings });
    await anAuthority();
    event = await anEvent();
    maja = await signIn(app);
  }

  beforeEach(() => open());
  afterEach(() => app.close());

  /** Signs somebody up, and gives the letter that is owed. */
  async function confirmed(person: Partial<Person> = {}, at: Event = event): Promise<Letter<LetterFacts>> {
    const context = { ...visitorAt(monday), settings: app.settings };
    const result = await register(context, at._id, aPerson(person));
    if ('refused' in result) throw new Error(result.refused);
    return LetterModel.findOne({ registration: result.registration._id })
      .orFail()
      .lean<Letter<LetterFacts>>();
  }

  const text = async (path: string) => (await maja.get(path)).text();
  const bytes = async (path: string) => Buffer.from(await (await maja.get(path)).arrayBuffer());
  const secretIn = ({ registration, to }: Letter) =>
    tokenOf({ _id: registration as Event['_id'], email: to.address }, app.settings.secret);

  it('are listed newest first, with their state in words', async () => {
    const words: [LetterState, string][] = [
      ['kept', 'Sparat (skickas inte)'],
      ['queued', 'Väntar'],
      ['sending', 'Skickas'],
      ['sent', 'Skickat'],
      ['failed', 'Kom inte fram'],
      ['bounced', 'Kom tillbaka'],
      ['dropped', 'Ersatt'],
    ];
    for (const [index, [state]] of words.entries()) {
      const { _id } = await confirmed({ email: `${state}@example.se` });
      const createdAt = new Date(+monday + index * 60_000);
      await LetterModel.collection.updateOne({ _id }, { $set: { state, createdAt } });
    }
    const page = wordsOf(await text('/kontor/brev'));
    const rows = words.map(
      ([state, said], index) =>
        `2027-01-11 12.0${index} Åsa Öberg ${state}@example.se Bekräftelse: ”Skolan som skydd: så når fler barn målen”, 11 februari 2027 ${said}`,
    );
    expect(page).to.include(rows.reverse().join(' '));
    expect(page).to.include('2 mejl väntar på att skickas. 2 mejl kom inte fram.');
    expect(wordsOf(await text('/kontor/brev?state=failed')))
      .to.include('failed@')
      .and.not.include('sent@');
  });

  it('are filtered by event, and come in pages of 50', async () => {
    const other = await anEvent({ title: 'En annan dag' });
    await confirmed({ email: 'annan@example.se' }, other);
    for (let number = 0; number < 50; number += 1)
      await confirmed({ email: `p${number}@example.se`, mode: 'digitalt' });
    const chosen = await maja.get(`/kontor/brev?event=${event._id}&state=kept`);
    const path = `/kontor/evenemang/${event._id}/brev`;
    expect([chosen.status, chosen.headers.get('location')]).to.deep.equal([303, `${path}?state=kept`]);
    const first = await text(path);
    expect(first.match(/@example\.se<\/span><\/td>/g)).to.have.length(50);
    expect(first).not.to.include('annan@example.se').and.not.include('Nästa sida');
    expect(wordsOf(await text('/kontor/brev'))).to.include('Nästa sida');
    const words = wordsOf(await text('/kontor/brev'));
    expect(words).to.include('En annan dag 11 februari 2027 Bekräftelse 1').and.include('Bekräftelse 50');
    expect(wordsOf(await text(`${path}?kind=reminder`))).to.include('Här finns inga mejl');
    expect((await text(`${path}?kind=confirmation`)).match(/@example\.se<\/span>/g)).to.have.length(50);
    expect((await text('/kontor/brev?page=2')).match(/@example\.se<\/span><\/td>/g)).to.have.length(1);
  });

  it('are shown as text, as HTML and as calendar object, before they have been written', async () => {
    const letter = await confirmed();
    const path = `/kontor/brev/${letter._id}`;
    const page = await text(path);
    expect(page).to.include('Du är anmäld till ”Skolan som skydd').and.include('asa.oberg@example.se');
    expect(await text(`${path}?part=html`)).to.match(/<iframe [^>]*src="\/kontor\/brev\/\w+\/html" sandbox>/);
    const calendar = wordsOf(await text(`${path}?part=kalender`));
    expect(calendar).to.include('Lägger evenemanget i kalendern').and.include('METHOD:REQUEST');
    expect(calendar).to.include('torsdag 11 februari 2027, klockan 9.00–12.00');
    expect(await LetterModel.findById(letter._id).lean()).not.to.have.property('raw');
  });

  it('show their HTML under a policy that lets nothing else in', async () => {
    const letter = await confirmed({ givenName: '<img src=x>' });
    const answer = await maja.get(`/kontor/brev/${letter._id}/html`);
    expect(answer.headers.get('content-security-policy')).to.equal(
      "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'",
    );
    expect(answer.headers.get('x-frame-options')).to.equal('SAMEORIGIN');
    expect(await answer.text())
      .to.include('&lt;img src=x&gt;')
      .and.not.include('<img');
  });

  it('are the exact bytes that were sent', async () => {
    const letter = await confirmed();
    const raw = await toBytes(letter, await compose(letter, app.settings));
    const path = `/kontor/brev/${letter._id}.eml`;
    const answer = await maja.get(path);
    expect(answer.headers.get('content-type')).to.match(/^message\/rfc822/);
    expect(answer.headers.get('content-disposition')).to.equal(`attachment; filename=brev-${letter._id}.eml`);
    expect(await bytes(path)).to.deep.equal(raw);
    const older = Buffer.from(
      raw.toString().replace('anm=C3=A4ld till', 'anm=C3=A4ld, sa vi f=C3=B6rr, till'),
    );
    await LetterModel.updateOne({ _id: letter._id }, { $set: { raw: older, state: 'sent' } });
    expect(await bytes(path)).to.deep.equal(older);
    expect(await text(`/kontor/brev/${letter._id}`)).to.include('anmäld, sa vi förr, till');
  });

  describe('personal links', () => {
    it("are shown in a developer's service, where no letter leaves", async () => {
      const letter = await confirmed();
      expect(await text(`/kontor/brev/${letter._id}`)).to.include(`/anmalan/${secretIn(letter)}`);
    });

    const hiding: [string, Partial<Settings>][] = [
      ['letters leave', { smtpUrl: 'smtp://post.example.se' }],
      ['it is production', { production: true }],
    ];
    for (const [where, settings] of hiding) {
      it(`are hidden in text, HTML and file where ${where}`, async () => {
        await app.close();
        await open(settings);
        for (const language of ['sv', 'en'] as const) {
          const letter = await confirmed({ language, email: `${language}@example.se` });
          if (language === 'en') {
            const raw = await toBytes(letter, await compose(letter, app.settings));
            await LetterModel.updateOne({ _id: letter._id }, { $set: { raw, state: 'sent' } });
          }
          const path = `/kontor/brev/${letter._id}`;
          const mail = await PostalMime.parse(await bytes(`${path}.eml`), { attachmentEncoding: 'utf8' });
          const parts = {
            page: await text(path),
            html: await text(`${path}/html`),
            mail: `${mail.text}${mail.html}${mail.attachments.map(({ content }) => content)}`,
          };
          for (const [part, content] of Object.entries(parts)) {
            expect(content, part).to.include('/anmalan/dold');
            expect(content, part)
              .not.to.include(secretIn(letter))
              .and.not.match(/anmalan\/[\w-]{30}/);
          }
          const encoded = (await bytes(`${path}.eml`)).toString().replace(/=\r\n/g, '');
          expect(encoded).not.to.include(secretIn(letter).slice(0, 20));
          expect(mail.messageId).to.equal(`<${letter.key}@example.se>`);
          expect(wordsOf(parts.page)).to.include('Personliga länkar är dolda här.');
        }
      });
    }

    it('are all that a hidden letter lacks', async () => {
      await app.close();
      await open({ smtpUrl: 'smtp://post.example.se' });
      const letter = await confirmed();
      const raw = await toBytes(letter, await compose(letter, app.settings));
      const [shown, sent] = await Promise.all([
        PostalMime.parse(await bytes(`/kontor/brev/${letter._id}.eml`)),
        PostalMime.parse(raw),
      ]);
      expect(shown.headers).to.deep.equal(sent.headers);
      expect(shown.attachments).to.deep.equal(sent.attachments);
      expect(shown.text).to.equal(sent.text?.replace(secretIn(letter), 'dold'));
      expect(shown.html).to.equal(sent.html?.replace(secretIn(letter), 'dold'));
    });
  });

  it('are only one’s own county board’s, and never sign-in letters', async () => {
    const letter = await confirmed();
    const hidden = await LetterModel.insertMany([
      { ...owedLetter(), state: 'kept', kind: 'sign-in', listed: false, event: event._id },
      { ...owedLetter(), state: 'kept', authority: '04' },
    ]);
    const eva = await signIn(app, { name: 'Eva Ek', email: 'eva.ek@example.se', authority: '04' });
    for (const end of ['', '/html', '.eml']) {
      for (const { _id } of hidden)
        expect((await maja.get(`/kontor/brev/${_id}${end}`)).status).to.equal(404);
      expect((await eva.get(`/kontor/brev/${letter._id}${end}`)).status).to.equal(404);
      expect(
        (await fetch(`${app.url}/kontor/brev/${letter._id}${end}`, { redirect: 'manual' })).status,
      ).to.equal(303);
    }
    expect(
      (await (await maja.get('/kontor/brev')).text()).match(/@example\.se<\/span><\/td>/g),
    ).to.have.length(1);
    expect((await eva.get(`/kontor/brev?event=${event._id}`)).status).to.equal(404);
    for (const id of ['x', '65f0000000000000000000ff'])
      expect((await maja.get(`/kontor/brev/${id}`)).status).to.equal(404);
  });
});
