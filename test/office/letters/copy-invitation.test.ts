import { expect } from 'chai';
import { simpleParser } from 'mailparser';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEvent, monday } from '../../support/builders.ts';
import { type Browser, signIn } from '../../support/requests/sign-in.ts';
import { wordsOf } from '../../support/requests/words.ts';

describe('An invitation to copy', () => {
  let app: TestApp;
  let maja: Browser;

  before(async () => {
    app = await startApp({ clock: () => monday });
    await anAuthority();
    maja = await signIn(app);
  });
  after(() => app.close());

  it('has subject, facts and link, as text and as a draft for a mail program', async () => {
    const event = await anEvent({
      title: 'Vill du vara med?',
      summary: 'En dag om **trygghet**.\nVälkommen du också.',
      highlights: ['Elin Berg om skolan'],
      cost: 'gratis',
    });
    const path = `/kontor/evenemang/${event._id}/kopiera-inbjudan`;
    const page = await (await maja.get(path)).text();
    expect(page).to.include('value="Inbjudan: Vill du vara med?, 11 februari 2027"');
    const answer = await maja.get(`${path}.eml`);
    expect(answer.headers.get('content-disposition')).to.match(/^attachment; filename=.*inbjudan-.*\.eml"?$/);
    const mail = await simpleParser(Buffer.from(await answer.arrayBuffer()));
    expect(mail.headers.get('x-unsent')).to.equal('1');
    expect([mail.from, mail.to]).to.deep.equal([undefined, undefined]);
    for (const text of [mail.text ?? '', wordsOf(page)])
      expect(text.replace(/\s+/g, ' '))
        .to.include('En dag om trygghet. Välkommen du också. Du får lyssna till: – Elin Berg om skolan')
        .and.match(/När: [Tt]orsdag 11 februari 2027, klockan 9.00–12.00/)
        .and.include('Sista anmälningsdag: den 31 januari 2027 klockan 23.59')
        .and.include(`Läs mer och anmäl dig: ${app.settings.baseUrl}/evenemang/${event.slug}`);
    expect(mail.html).to.include(`href="${app.settings.baseUrl}/evenemang/${event.slug}"`);
  });

  for (const [name, facts, words] of [
    ['a draft', { state: 'draft' }, 'Publicera evenemanget först'],
    ['a cancelled event', { state: 'cancelled' }, 'Evenemanget är inställt.'],
    ['one that is over', { end: monday }, 'Evenemanget har redan varit.'],
  ] as const)
    it(`says why nobody should be invited to ${name}`, async () => {
      const event = await anEvent({ slug: name.replaceAll(' ', '-'), ...facts });
      const page = wordsOf(await (await maja.get(`/kontor/evenemang/${event._id}/kopiera-inbjudan`)).text());
      expect(page).to.include(words);
      expect(page).to.not.include('Öppna som utkast');
    });
});
