import { expect } from 'chai';
import { simpleParser } from 'mailparser';
import { AuditModel } from '../../src/audit/log.ts';
import { storedAs } from '../../src/base/keys.ts';
import { OrganiserModel, removeOrganiser } from '../../src/organisers/organiser.ts';
import { invite, makeLink, sendLinks } from '../../src/organisers/sign-in.ts';
import { SignInLinkModel } from '../../src/organisers/sign-in-link.ts';
import { openLink, type Proof, useLink } from '../../src/organisers/use-link.ts';
import { LetterModel } from '../../src/outbox/letter.ts';
import { anAuthority } from '../support/builders.ts';
import { organiserAt, visitorAt } from '../support/contexts.ts';
import { useDatabase } from '../support/database.ts';
import { anOrganiser } from '../support/requests/sign-in.ts';

const morning = '2027-01-11T09:00:00Z';
const limited = { rateLimit: true };
const tokenOf = (url: string) => url.split('/').at(-1) ?? '';
const ask = (now: string, email: string, settings = {}, browsers: string[] = []) =>
  sendLinks(visitorAt(now, settings), email, browsers);

/** The name of whom a link signs in; what is said instead if it signs nobody in. */
async function signedIn(now: string, url: string, proof?: Proof): Promise<string> {
  const result = await useLink(visitorAt(now), tokenOf(url), proof);
  if (!result) return 'nobody';
  return 'refused' in result ? result.refused : result.name;
}

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

    expect(await signedIn('2027-01-11T09:05:00Z', token)).to.equal(maja.name);
    expect(await signedIn('2027-01-11T09:06:00Z', token)).to.equal('nobody');
    const entries = await AuditModel.find().lean();
    expect(entries.map(({ action, by }) => `${by} ${action}`)).to.deep.equal([
      'Maja Lindgren organiser.signedIn',
    ]);
  });

  it('is not used up by looking, as programs that scan mail do', async () => {
    const token = tokenOf(await makeLink(visitorAt(morning), await anOrganiser(), 15));
    await openLink(visitorAt(morning), token);
    expect((await openLink(visitorAt(morning), token))?.organiser.name).to.equal('Maja Lindgren');
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
    await ask(morning, 'maja.lindgren@example.se', {}, [storedAs('mark')]);
    const { letter, mail } = await theLetter();
    expect(letter).to.include({ listed: false, state: 'queued', messageId: mail.messageId });
    expect(letter.to.address).to.equal('maja.lindgren@example.se');
    const [url = ''] = /https:\S+logga-in\/\S{43}/.exec(mail.text ?? '') ?? [];
    expect(mail.html).to.contain(url);
    expect(await signedIn(morning, url, { browser: 'mark' })).to.equal('Maja Lindgren');
  });

  it('is not made for a stranger', async () => {
    await anAuthority();
    await ask(morning, 'nagon.annan@example.se');
    expect(await LetterModel.countDocuments()).to.equal(0);
    expect(await SignInLinkModel.countDocuments()).to.equal(0);
  });

  it('that was asked for opens in another browser only with the address that it went to', async () => {
    const { email } = await anOrganiser();
    const make = async () => makeLink(visitorAt(morning), await anOrganiser(), 15, [storedAs('mark')]);
    const url = await make();
    const open = (browser?: string) => openLink(visitorAt(morning), tokenOf(url), browser);
    expect(await open('mark')).to.include({ needsAddress: false });
    for (const other of [undefined, '', 'another', storedAs('mark')])
      expect(await open(other), other).to.include({ needsAddress: true });
    for (const proof of [{}, { browser: 'another' }, { email: '' }, { email: 'eva.ek@example.se' }])
      expect(await signedIn(morning, url, proof)).to.equal('address');
    expect(await signedIn(morning, url, { email: ` ${email.toUpperCase()} ` })).to.equal('Maja Lindgren');
    expect(await signedIn(morning, await make(), { browser: 'mark' })).to.equal('Maja Lindgren');
    const guessed = await make();
    for (let time = 0; time < 5; time += 1)
      expect(await signedIn(morning, guessed, { email: `gissning${time}@example.se` })).to.equal('address');
    expect(await signedIn(morning, guessed, { email })).to.equal('nobody');
  });

  it('asks for nothing where it was not asked for: printed, and with an invitation', async () => {
    const url = await makeLink(visitorAt(morning), await anOrganiser(), 24 * 60);
    expect(await openLink(visitorAt(morning), tokenOf(url))).to.include({ needsAddress: false });
    expect(await signedIn('2027-01-12T08:59:00Z', url)).to.equal('Maja Lindgren');
  });

  /** At which minutes of two hours a letter leaves, where somebody asks each minute. */
  const minutesOfLetters = async (used: (minute: number) => boolean = () => false) => {
    const { email } = await anOrganiser();
    const start = Date.parse(morning);
    const minutes: number[] = [];
    for (let minute = 0; minute < 120; minute += 1) {
      const before = await LetterModel.countDocuments();
      await ask(new Date(start + minute * 60_000).toISOString(), email, limited);
      if ((await LetterModel.countDocuments()) > before) minutes.push(minute);
      if (used(minute)) await SignInLinkModel.updateMany({}, { $set: { usedAt: new Date(start) } });
    }
    return minutes;
  };

  it('is always there for who asks, however often others have asked, and fills no mailbox', async () => {
    const minutes = await minutesOfLetters();
    const gaps = minutes.map((minute, index) => minute - (minutes[index - 1] ?? minute));
    expect(Math.max(...gaps), 'a link lives for 15 minutes').to.be.below(15);
    expect(minutes.length).to.be.below(14);
    expect(minutes.filter((minute) => minute < 60)).to.have.length.below(9);
  });

  it('is sent anew at once where the last one has been used', async () => {
    const minutes = await minutesOfLetters((minute) => minute === 1);
    expect(minutes.slice(0, 2)).to.deep.equal([0, 2]);
  });

  it('opens in each browser that has asked within some minutes', async () => {
    const { email } = await anOrganiser();
    await ask(morning, email, limited, [storedAs('one')]);
    await ask('2027-01-11T09:01:00Z', email, limited, [storedAs('other')]);
    expect(await LetterModel.countDocuments()).to.equal(1);
    const { mail } = await theLetter();
    const [url = ''] = /https:\S+logga-in\/\S{43}/.exec(mail.text ?? '') ?? [];
    for (const browser of ['one', 'other'])
      expect(await openLink(visitorAt(morning), tokenOf(url), browser)).to.include({ needsAddress: false });
  });

  it('never leaves for an organiser of the example', async () => {
    const { email } = await anOrganiser({ example: true });
    await ask(morning, email, { production: true });
    expect(await LetterModel.countDocuments()).to.equal(0);
  });

  it('is printed in production only for the first organiser', async () => {
    await anOrganiser();
    const service = { smtpUrl: undefined, production: true, firstOrganiser: 'Forst@example.se' };
    expect(await ask(morning, 'maja.lindgren@example.se', service)).to.equal('');
    expect(await SignInLinkModel.countDocuments()).to.equal(0);
    const first = await anOrganiser({ email: 'forst@example.se' });
    expect(await ask(morning, first.email, service)).to.match(/^Sign-in link for forst@.* 15 minutes: https/);
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

  it('have an address that nobody else of their county board has', async () => {
    await anAuthority();
    await invite(organiserAt(morning), '05', anna);
    expect(await invite(organiserAt(morning), '05', anna)).to.deep.equal({ refused: 'known' });
    expect(await LetterModel.countDocuments()).to.equal(1);
  });

  it('may plan for two county boards, which only their own letters say', async () => {
    await anAuthority();
    await invite(organiserAt(morning), '05', anna);
    await LetterModel.deleteMany({});
    expect(await invite(organiserAt(morning), '04', anna)).to.include({ authority: '04' });
    const { mail } = await theLetter();
    expect(mail.text).to.contain('hör också till en organisatör för Länsstyrelsen Östergötland');
    await LetterModel.deleteMany({});
    await ask(morning, anna.email);
    const letters = await LetterModel.find().lean();
    expect(letters.map(({ authority }) => authority)).to.have.members(['04', '05']);
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
