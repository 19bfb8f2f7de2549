import { expect } from 'chai';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { tellOfBursts } from '../../../src/letters/plan/tell-bursts.ts';
import { LetterModel } from '../../../src/outbox/letter.ts';
import { OriginModel } from '../../../src/registrations/bursts/origin.ts';
import { RegistrationModel } from '../../../src/registrations/registration.ts';
import { aForm, anAuthority, anEvent, formOf, monday } from '../../support/builders.ts';
import { type Browser, signIn } from '../../support/requests/sign-in.ts';
import { wordsOf } from '../../support/requests/words.ts';
import { type Service, startService } from '../../support/service.ts';

describe('Invented sign-ups in the office', () => {
  let service: Service;
  let maja: Browser;
  let event: Event;

  beforeEach(async () => {
    service = await startService(() => monday);
    await anAuthority();
    event = await anEvent({ seats: { plats: null, digitalt: null } });
    maja = await signIn(service.app);
    for (let number = 0; number < 21; number += 1) {
      const sent = formOf(aForm({ email: `hittepa${number}@example.se` }));
      const answer = await fetch(`${service.app.url}/evenemang/${event.slug}/anmalan`, sent);
      expect(answer.status).to.equal(303);
    }
  });
  afterEach(() => service.close());

  const list = () => `/kontor/evenemang/${event._id}/deltagare`;
  const linkIn = (html: string, text: string) =>
    new RegExp(`href="([^"]*)">${text}`).exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';

  it('are gone three clicks after the letter, and nobody else is', async () => {
    await EventModel.updateOne({ _id: event._id }, { publishedAt: monday });
    await fetch(
      `${service.app.url}/evenemang/${event.slug}/anmalan`,
      formOf(aForm({ email: 'riktig@example.se' })),
    );
    await tellOfBursts({ now: monday, by: {}, settings: service.app.settings });
    const { kind, facts } = await LetterModel.findOne({ kind: 'unusual-speed' }).orFail().lean();
    expect([kind, facts.burst]).to.have.nested.property('[1].people', 21);
    const letter = (await Promise.all((await service.smtp.received(23)).map(({ raw }) => String(raw)))).find(
      (raw) => raw.includes('Ovanligt'),
    );
    expect(letter).to.be.a('string');

    const html = await (await maja.get('/kontor')).text();
    expect(wordsOf(html))
      .to.include('Ovanligt många anmälningar till ”Skolan som skydd')
      .and.include('21 personer anmälde sig från samma nätverk 2027-01-11 12.00');
    const shown = await (await maja.get(linkIn(html, 'Se vilka de är'))).text();
    expect(wordsOf(shown)).to.include('21 personer i listan');
    const action = /action="([^"]*avboka\?[^"]*)"/.exec(shown)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const question = await (await maja.post(action, { all: 'ja' })).text();
    const chosen = [...question.matchAll(/name="chosen" value="(\w+)"/g)].map(([, id = '']) => id);
    await maja.post(action, { chosen, letters: 'nej' });
    expect(await RegistrationModel.distinct('email', { status: 'confirmed' })).to.deep.equal([
      'riktig@example.se',
    ]);
    for (const page of ['/kontor', list(), `/kontor/evenemang/${event._id}`])
      expect(wordsOf(await (await maja.get(page)).text()), page).not.to.include('Ovanligt många');
  });

  it('are told on the pages of the event, and can be chosen by their network', async () => {
    for (const page of [list(), `/kontor/evenemang/${event._id}`])
      expect(wordsOf(await (await maja.get(page)).text()), page).to.include(
        'Ovanligt många anmälningar på kort tid',
      );
    const { network } = await OriginModel.findOne().orFail().lean();
    expect(network).to.match(/^[\w-]{24}$/);
    const html = await (await maja.get(`${list()}?group=${network}`)).text();
    expect(wordsOf(html)).to.include('21 personer i listan');
    expect(html)
      .to.match(new RegExp(`value="${network}" selected`))
      .and.not.include('Skriv till dem');
    expect(html).to.include(`deltagare.csv?status=confirmed&amp;group=${network}`);
    expect(wordsOf(await (await maja.get(`${list()}?group=finnsinte`)).text())).to.include(
      '0 personer i listan',
    );
  });
});
