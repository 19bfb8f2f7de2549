import { expect } from 'chai';
import { type ParsedMail, simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
import { cancellation, invitation } from '../../src/calendar/invitation.ts';
import { type Message, messageIdOf, subjectOf, toBytes } from '../../src/outbox/message.ts';
import { readLetter } from '../../src/outbox/parse.ts';
import { confirmation, entry, letter } from '../support/mail/letters.ts';

async function parsed(changes: Partial<Message> = {}, language: 'sv' | 'en' = 'sv') {
  const raw = await toBytes(letter({ language }), confirmation(changes));
  const mail: ParsedMail = await simpleParser(raw);
  return { raw: raw.toString('latin1'), mail, independent: await PostalMime.parse(raw) };
}

/** The headers of each part, in the order of the mail. */
function partHeaders(raw: string): string[] {
  return raw
    .split(/^--.*(?:-Part_\d+)(?:--)?\r\n/m)
    .map((part) => (part.split('\r\n\r\n')[0] ?? '').replace(/\r\n[ \t]+/g, ' '))
    .filter((headers) => headers.includes('Content-Type'));
}

/** What the base64 parts hold, byte for byte (the parsers change line endings). */
function base64Bodies(raw: string): string[] {
  const parts = [...raw.matchAll(/Transfer-Encoding: base64\r\n\r\n([^-]*)/g)];
  return parts.map(([, body = '']) => Buffer.from(body, 'base64').toString());
}

/** The words of the HTML as a reader without HTML would say them: a link is its text and its address. */
function wordsOf(html: string): string[] {
  const body = html.slice(html.indexOf('<body'));
  const text = body
    .replace(/<a href="(?:mailto|tel):[^"]*">(.*?)<\/a>/gs, '$1')
    .replace(/<a [^>]*href="([^"]*)"[^>]*>(.*?)<\/a>/gs, '$2: $1')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#34;', '"')
    .replaceAll('&amp;', '&');
  return text.split(/\s+/).filter(Boolean);
}

describe('post/message', () => {
  it('puts text, HTML and calendar beside each other in this order, and the file last (R1, R2, R3)', async () => {
    const { raw } = await parsed();
    const types = partHeaders(raw).map((headers) => /Content-Type: ([^\r\n]*)/.exec(headers)?.[1]);
    expect(types.map((type) => type?.replace(/; boundary.*/, ''))).to.deep.equal([
      'multipart/mixed',
      'multipart/alternative',
      'text/plain; charset=utf-8',
      'text/html; charset=utf-8',
      'text/calendar; charset=utf-8; method=REQUEST',
      'application/ics; name=invite.ics',
    ]);
    const calendar = partHeaders(raw).find((headers) => headers.includes('text/calendar'));
    expect(calendar).to.include('base64');
    expect(calendar).not.to.include('Content-Disposition');
  });

  it('holds the calendar object byte for byte in both places (R3, R4)', async () => {
    for (const calendar of [
      { method: 'REQUEST' as const, text: invitation(entry()) },
      { method: 'CANCEL' as const, text: cancellation(entry()) },
    ]) {
      const { raw } = await parsed({ calendar });
      expect(raw).to.include(`method=${calendar.method}`);
      const objects = base64Bodies(raw);
      expect(objects).to.deep.equal([calendar.text, calendar.text]);
    }
  });

  it('is text and HTML alone without a calendar object', async () => {
    const { raw, mail } = await parsed({ calendar: undefined });
    expect(mail.attachments).to.have.length(0);
    expect(raw)
      .to.match(/^Content-Type: multipart\/alternative/m)
      .and.not.include('Content-Class');
  });

  it('says the same in text and HTML, word for word (R8)', async () => {
    const { mail, independent } = await parsed();
    expect(wordsOf(String(mail.html))).to.deep.equal(mail.text?.split(/\s+/).filter(Boolean));
    expect(independent.text?.trim()).to.equal(mail.text?.trim());
    expect(mail.text).to.include('den andra & <sista>.');
    expect(mail.text).to.include(
      'Ändra eller avboka: https://boostdagar.example.se/anmalan/aGVt-bGlndA?a=1&b=2',
    );
  });

  it('tells its language, and fetches nothing from anywhere (R8, R67)', async () => {
    const swedish = String((await parsed()).mail.html);
    expect(swedish).to.include('<html lang="sv">');
    expect(String((await parsed({}, 'en')).mail.html)).to.include('<html lang="en">');
    expect(swedish).not.to.match(/<img|<link|<script|src=|url\(|@import/i);
  });

  it('has the headers of a letter that a machine wrote for one person (R5, R7, R15, R58–R61)', async () => {
    const { mail, independent, raw } = await parsed({ references: '<forsta@example.se>' });
    const headers = new Map(independent.headers.map(({ key, value }) => [key, value]));
    expect(independent.from).to.include({
      name: 'Länsstyrelsen Östergötland',
      address: 'boostdagar@example.se',
    });
    expect(independent.to).to.have.length(1);
    expect(independent.to?.[0]).to.include({ name: 'Åsa Öberg', address: 'asa.oberg@example.se' });
    expect(independent.replyTo?.[0]).to.include({ address: 'eva.ek@example.se' });
    expect(headers.get('auto-submitted')).to.equal('auto-generated');
    expect(headers.get('x-auto-response-suppress')).to.equal('OOF, AutoReply');
    expect(headers.get('content-class')).to.equal('urn:content-classes:calendarmessage');
    expect(independent.references).to.equal('<forsta@example.se>');
    expect(independent.messageId).to.equal(messageIdOf(letter().key, 'boostdagar@example.se'));
    expect(mail.date).to.deep.equal(letter().createdAt);
    expect(['cc', 'bcc', 'list-unsubscribe'].filter((name) => headers.has(name))).to.deep.equal([]);
    expect(raw).to.match(/^[\x20-\x7e\r\n]*$/);
  });

  it('lets its reader say no to more of its kind, once and over https only (R62, RFC 8058)', async () => {
    const unsubscribe = `https://boostdagar.example.se/anmalan/${'a'.repeat(40)}/paminnelser`;
    const { independent, raw } = await parsed({ unsubscribe, calendar: undefined });
    const values = (name: string) =>
      independent.headers.filter(({ key }) => key === name).map(({ value }) => value);
    expect(values('list-unsubscribe')).to.deep.equal([`<${unsubscribe}>`]);
    expect(values('list-unsubscribe-post')).to.deep.equal(['List-Unsubscribe=One-Click']);
    const read = await readLetter(letter(), Buffer.from(raw, 'latin1'));
    expect(read.unsubscribe).to.equal(unsubscribe);
    const unsubscribeMail = 'mailto:eva.ek@example.se?subject=Inga%20fler%20p%C3%A5minnelser';
    const both = await parsed({ unsubscribe, unsubscribeMail, calendar: undefined });
    const header = both.independent.headers.find(({ key }) => key === 'list-unsubscribe');
    expect(header?.value).to.equal(`<${unsubscribe}>, <${unsubscribeMail}>`);
    expect(await readLetter(letter(), Buffer.from(both.raw, 'latin1'))).to.include({
      unsubscribe,
      unsubscribeMail,
    });
    const plain = await parsed({ unsubscribe: unsubscribe.replace('https', 'http') });
    expect(plain.raw).to.not.match(/^List-/m);
  });

  it('writes a name as one encoded word, which all programs put together rightly (R7)', async () => {
    const { raw } = await parsed();
    expect(raw).to.match(/^From: =\?UTF-8\?B\?[\w+/=]+\?=\r\n <boostdagar@example\.se>\r$/m);
  });

  it('makes links of addresses and telephone numbers, and of no date or number of another kind', async () => {
    const content = confirmation().content;
    const value = 'Eva Ek, eva.ek@example.se, 010-000 00 00';
    const paragraphs = ['Den 2027-02-11 klockan 09.00–12.00, organisationsnummer 202100-2262.'];
    const { mail } = await parsed({
      content: { ...content, paragraphs, facts: [{ label: 'Frågor', value }] },
    });
    const links = [...String(mail.html).matchAll(/<a href="((?:mailto|tel):[^"]*)">([^<]*)</g)];
    expect(links.map(([, url, words]) => [url, words])).to.deep.equal([
      ['mailto:eva.ek@example.se', 'eva.ek@example.se'],
      ['tel:0100000000', '010-000 00 00'],
    ]);
  });

  it('names its sender first, and keeps its facts side by side in Word (R8)', async () => {
    const { mail } = await parsed();
    expect(mail.text?.split('\n')[0]).to.equal('Länsstyrelsen Östergötland');
    expect(String(mail.html))
      .to.include('<th scope="row">När:</th>')
      .and.not.match(/display: ?grid|<dl/);
  });

  it('is the same bytes each time, and under 100 kB (R61, R68, R70)', async () => {
    const once = await toBytes(letter(), confirmation());
    expect(once.equals(await toBytes(letter(), confirmation()))).to.equal(true);
    expect(once.length).to.be.below(100_000);
    expect(once.toString('latin1').replaceAll('\r\n', '')).not.to.match(/[\r\n]/);
  });

  it('lets nobody write a header or another receiver (R65)', async () => {
    const attack = 'x\r\nBcc: ond@example.se\r\n\r\nhej';
    const named = letter({ to: { name: attack, address: 'asa@example.se' } });
    const mail = await PostalMime.parse(await toBytes(named, confirmation({ subject: attack })));
    expect(mail.bcc).to.equal(undefined);
    expect(mail.to).to.have.length(1);
    expect(mail.subject).to.equal('x Bcc: ond@example.se hej');
    for (const address of [
      'a@example.se, b@example.se',
      'a@example.se\r\nBcc: b@example.se',
      'åsa@example.se',
      'a',
    ])
      await toBytes(letter({ to: { name: '', address } }), confirmation()).then(
        () => expect.fail(`${address} was taken`),
        (error) => expect(error).to.be.instanceOf(RangeError),
      );
  });

  it('writes an international domain as punycode (R66)', async () => {
    const raw = await toBytes(
      letter({ to: { name: 'Åsa', address: 'asa@räksmörgås.example' } }),
      confirmation(),
    );
    expect(raw.toString()).to.include('<asa@xn--rksmrgs-5wao1o.example>');
  });

  it('opens no file and no address that a text names (R76)', async () => {
    const path = '/etc/hostname';
    const calendar = { method: 'REQUEST' as const, text: path };
    expect(base64Bodies((await parsed({ calendar })).raw)).to.deep.equal([path, path]);
  });

  it('cuts a long title at a word and keeps what stands around it (R63)', async () => {
    const write = (title: string) => `Bekräftelse: ${title}, 1 december 2026`;
    expect(subjectOf(write, 'Kort titel')).to.equal(write('Kort titel'));
    const cut = subjectOf(write, 'Hur vi tillsammans stärker skyddsfaktorer för barn och unga i hela länet');
    expect(cut).to.equal('Bekräftelse: Hur vi tillsammans stärker skyddsfaktorer för…, 1 december 2026');
    expect(subjectOf(write, 'x'.repeat(200))).to.have.length(77);
    const { mail } = await parsed({ subject: 'Ett ord till '.repeat(20) });
    expect(mail.subject).to.match(/ ord…$/);
    expect(mail.subject?.length).to.be.below(78);
  });
});
