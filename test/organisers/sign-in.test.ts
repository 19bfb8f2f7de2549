import { expect } from 'chai';
import { simpleParser } from 'mailparser';
import { AuditModel } from '../../src/audit/log.ts';
import { OrganiserModel, removeOrganiser } from '../../src/organisers/organiser.ts';
import { askForLink, invite, makeLink, openLink, useLink } from '../../src/organisers/sign-in.ts';
import { SignInLinkModel } from '../../src/organisers/sign-in-link.ts';
import { LetterModel } from '../../src/outbox/letter.ts';
import { anAuthority } from '../support/builders.ts';
import { organiserAt, visitorAt } from '../support/contexts.ts';
import { useDatabase } from '../support/database.ts';
import { anOrganiser } from '../support/sign-in.ts';

const morning = '2027-01-11T09:00:00Z';
const tokenOf = (url: string) => url.split('/').at(-1) ?? '';

/** The only letter there is, read by an independent parser. */
async function theLetter() {
  const letter = await LetterModel.findOne().setOptions({ promoteBuffers: true }).orFail().lean();
  if (!letter.raw) throw new Error('The letter has no bytes.');
  return { letter, mail: await simpleParser(letter.raw) };
}

describe('A sign-in link', () => {
  useDatabase();

  it('signs its organiser in once, and is stored only as a hash', async () => {
    const maja = await anOrganiser();
    const token = tokenOf(await makeLink(visitorAt(morning), maja, 15));
    const [stored] = await SignInLinkModel.find().lean();
    expect(JSON.stringify(stored)).not.to.contain(token);

    const used = await useLink(visitorAt('2027-01-11T09:05:00Z'), token);
    expect(used?.email).to.equal(maja.email);
    expect(await useLink(visitorAt('2027-01-11T09:06:00Z'), token)).to.equal(null);
    const entries = await AuditModel.find().lean();
    expect(entries.map(({ action, by }) => `${by} ${action}`)).to.deep.equal([
      'Maja Lindgren organiser.signedIn',
    ]);
  });

  it('is not used up by looking, as programs that scan mail do', async () => {
    const token = tokenOf(await makeLink(visitorAt(morning), await anOrganiser(), 15));
    await openLink(visitorAt(morning), token);
    expect((await openLink(visitorAt(morning), token))?.name).to.equal('Maja Lindgren');
    expect(await useLink(visitorAt(morning), token)).not.to.equal(null);
    expect(await openLink(visitorAt(morning), token)).to.equal(null);
  });

  it('lets one of several clicks in', async () => {
    const token = tokenOf(await makeLink(visitorAt(morning), await anOrganiser(), 15));
    const clicks = await Promise.all([1, 2, 3, 4].map(() => useLink(visitorAt(morning), token)));
    expect(clicks.filter(Boolean)).to.have.length(1);
  });

  it('ends after its minutes, and one that was made up opens nothing', async () => {
    const token = tokenOf(await makeLink(visitorAt(morning), await anOrganiser(), 15));
    expect(await openLink(visitorAt('2027-01-11T09:14:59Z'), token)).not.to.equal(null);
    expect(await openLink(visitorAt('2027-01-11T09:15:00Z'), token)).to.equal(null);
    expect(await useLink(visitorAt('2027-01-11T09:15:00Z'), token)).to.equal(null);
    expect(await useLink(visitorAt(morning), 'A'.repeat(43))).to.equal(null);
  });

  it('goes by a letter that stands in no list, with a link that works', async () => {
    await anOrganiser();
    await askForLink(visitorAt(morning), 'maja.lindgren@example.se');
    const { letter, mail } = await theLetter();
    expect(letter).to.include({ listed: false, state: 'queued', messageId: mail.messageId });
    expect(letter.to.address).to.equal('maja.lindgren@example.se');
    const [url = ''] = /https:\S+logga-in\/\S{43}/.exec(mail.text ?? '') ?? [];
    expect(mail.html).to.contain(url);
    expect((await useLink(visitorAt(morning), tokenOf(url)))?.name).to.equal('Maja Lindgren');
  });

  it('is not made for a stranger', async () => {
    await anAuthority();
    await askForLink(visitorAt(morning), 'nagon.annan@example.se');
    expect(await LetterModel.countDocuments()).to.equal(0);
    expect(await SignInLinkModel.countDocuments()).to.equal(0);
  });

  it('is sent at most five times an hour, also when asked for at once', async () => {
    const { email } = await anOrganiser();
    await Promise.all(Array.from({ length: 8 }, () => askForLink(visitorAt(morning), email)));
    expect(await LetterModel.countDocuments()).to.equal(5);
    await askForLink(visitorAt('2027-01-11T09:59:59Z'), email);
    expect(await LetterModel.countDocuments()).to.equal(5);
    await askForLink(visitorAt('2027-01-11T10:00:01Z'), email);
    expect(await LetterModel.countDocuments()).to.equal(6);
  });

  it('never leaves for an organiser of the example', async () => {
    const { email } = await anOrganiser({ example: true });
    await askForLink(visitorAt(morning, { production: true }), email);
    expect(await LetterModel.countDocuments()).to.equal(0);
  });

  it('is printed in production only for the first organiser', async () => {
    await anOrganiser();
    const house = { smtpUrl: undefined, production: true, firstOrganiser: 'Forst@example.se' };
    await askForLink(visitorAt(morning, house), 'maja.lindgren@example.se');
    expect(await SignInLinkModel.countDocuments()).to.equal(0);
    const first = await anOrganiser({ email: 'forst@example.se' });
    await askForLink(visitorAt(morning, house), first.email);
    expect(await SignInLinkModel.countDocuments()).to.equal(1);
  });
});

describe('Organisers', () => {
  useDatabase();
  const anna = { name: 'Anna Berg', email: 'anna.berg@example.se' };

  it('are invited by a letter that says who invited and holds a link for a day', async () => {
    await anAuthority();
    const organiser = await invite(organiserAt(morning), '05', anna);
    expect(organiser).to.include({ name: 'Anna Berg', authority: '05' });
    const { mail } = await theLetter();
    expect(mail.text).to.contain('Maja Lindgren har bjudit in dig').and.contain('Länsstyrelsen Östergötland');
    const [url = ''] = /https:\S+logga-in\/\S{43}/.exec(mail.text ?? '') ?? [];
    expect(await useLink(visitorAt('2027-01-12T08:59:00Z'), tokenOf(url))).not.to.equal(null);
    const entry = await AuditModel.findOne({ action: 'organiser.invited' }).lean();
    expect(entry).to.include({ by: 'Maja Lindgren', about: 'Anna Berg', authority: '05' });
  });

  it('have an address that nobody else has, whatever county board', async () => {
    await anAuthority();
    await invite(organiserAt(morning), '05', anna);
    expect(await invite(organiserAt(morning), '04', anna)).to.deep.equal({ refused: 'known' });
    expect(await LetterModel.countDocuments()).to.equal(1);
  });

  it('can be taken away with their links, but not the last one and not by another county board', async () => {
    const maja = await anOrganiser();
    const erik = await anOrganiser({ name: 'Erik Dahl', email: 'erik.dahl@example.se' });
    const token = tokenOf(await makeLink(visitorAt(morning), erik, 15));
    const context = organiserAt(morning);
    expect(await removeOrganiser(context, '04', String(erik._id))).to.deep.equal({ refused: 'gone' });
    expect(await removeOrganiser(context, '05', String(erik._id))).to.include({ name: 'Erik Dahl' });
    expect(await useLink(visitorAt(morning), token)).to.equal(null);
    expect(await removeOrganiser(context, '05', String(maja._id))).to.deep.equal({ refused: 'last' });
    expect(await OrganiserModel.find().distinct('name')).to.deep.equal(['Maja Lindgren']);
    const entry = await AuditModel.findOne({ action: 'organiser.removed' }).lean();
    expect(entry).to.include({ about: 'Erik Dahl' });
  });

  it('who take each other away at the same time leave one', async () => {
    const maja = await anOrganiser();
    const erik = await anOrganiser({ name: 'Erik Dahl', email: 'erik.dahl@example.se' });
    const context = organiserAt(morning);
    const results = await Promise.all(
      [maja, erik].map(({ _id }) => removeOrganiser(context, '05', String(_id))),
    );
    expect(results.filter((result) => 'refused' in result)).to.have.length(1);
    expect(await OrganiserModel.countDocuments()).to.equal(1);
  });
});
