import { expect } from 'chai';
import { paths } from '../../../src/base/paths.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEngagement, anEvent } from '../../support/builders.ts';
import { signIn } from '../../support/requests/sign-in.ts';
import { wordsOf } from '../../support/requests/words.ts';

describe('Speakers among what there is to do', () => {
  let app: TestApp;
  before(async () => {
    app = await startApp();
    await anAuthority();
  });
  after(() => app.close());

  it('are those who have not answered, and those whose texts wait to be read, with the way there', async () => {
    const event = await anEvent();
    const texts = { sessions: [], biography: 'Nytt' };
    for (const _number of [1, 2]) await anEngagement(event);
    await anEngagement(event, { status: 'accepted', proposal: texts });
    await anEngagement(await anEvent({ authority: '04', slug: 'sormland' }));
    const maja = await signIn(app);
    const html = await (await maja.get(paths.office())).text();
    expect(wordsOf(html)).to.contain('2 medverkande har inte svarat: ”Skolan som skydd');
    expect(wordsOf(html)).to.contain('1 medverkande har skrivit något som väntar på ert ja');
    expect(html).to.contain(`href="${paths.eventSpeakers(event._id)}"`);
    const programme = wordsOf(await (await maja.get(paths.programme(event._id))).text());
    expect(programme).to.contain('är inbjudna att medverka, och får ett mejl om du ändrar tiden');
  });
});
