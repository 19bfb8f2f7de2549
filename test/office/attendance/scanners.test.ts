import { expect } from 'chai';
import { Types } from 'mongoose';
import { compose } from '../../../src/letters/compose.ts';
import { kinds } from '../../../src/letters/kinds/all.ts';
import { type ActKind, letterRow } from '../../../src/registrations/owed-letter.ts';
import { RegistrationModel } from '../../../src/registrations/registration.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEvent, aRegistration } from '../../support/builders.ts';
import { visitorAt } from '../../support/contexts.ts';
import { visit } from '../../support/requests/visitor.ts';

describe('Programs that scan mail', () => {
  const now = new Date('2027-02-11T08:10:00Z');
  let app: TestApp;

  before(async () => {
    app = await startApp({ clock: () => now });
  });
  after(() => app?.close());

  it('open every link of every letter on the day, and what it leads to, and mark nobody', async () => {
    const authority = await anAuthority();
    const event = await anEvent();
    const context = visitorAt(now, app.settings);
    const links = new Set<string>();
    for (const mode of ['plats', 'digitalt'] as const) {
      const receiver = await aRegistration(event, { mode, email: `${mode}@example.se` });
      for (const kind of Object.keys(kinds) as ActKind[]) {
        const { calendar, ...row } = letterRow(context, { receiver, event, authority }, kind);
        const letter = { ...row, ...(calendar && { calendar }), _id: new Types.ObjectId(), attempts: 0 };
        const message = await compose({ ...letter, mayHaveLeft: false }, app.settings);
        for (const link of linksIn(JSON.stringify(message))) links.add(link);
      }
    }
    expect([...links].join())
      .to.include('/delta/')
      .and.include('/anmalan/');
    for (const link of links) {
      const page = await visit(app, link);
      await visit(app, link, { method: 'HEAD' });
      for (const [, next = ''] of page.html.matchAll(/href="(\/[^"#]*)"/g)) await visit(app, next);
    }
    expect(await RegistrationModel.countDocuments({ present: { $ne: null } })).to.equal(0);
  });

  /** The paths of the links to our own pages, also inside of the calendar's folded lines. */
  function linksIn(text: string): string[] {
    const { baseUrl } = app.settings;
    const unfolded = text.replaceAll('\\r\\n ', '');
    const found = unfolded.match(new RegExp(`${baseUrl}/[\\w/.?=&%-]*`, 'g')) ?? [];
    return found.map((link) => link.slice(baseUrl.length));
  }
});
