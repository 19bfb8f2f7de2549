import { expect } from 'chai';
import PostalMime from 'postal-mime';
import { hideKeys } from '../../../src/base/mail/hide-keys.ts';
import { paths } from '../../../src/base/paths.ts';

const key = `${'k'.repeat(20)}_${'-'.repeat(10)}${'y'.repeat(12)}`;
const link = `https://boostdagar.example.se${paths.signInLink(key)}`;
const base64 = (text: string) => Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\r\n');
const part = (type: string, encoding: string, body: string) =>
  `Content-Type: ${type}\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}`;
const several = (...parts: string[]) =>
  `MIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n boundary="a+b"\r\n\r\n--a+b\r\n${parts.join('\r\n--a+b\r\n')}\r\n--a+b--\r\n`;
const hidden = (mail: string) => {
  const { raw, ...found } = hideKeys(Buffer.from(mail));
  return { mail: raw.toString(), ...found };
};

/** A link as programs write it; each is a whole mail. */
const written: Record<string, string> = {
  'as it is': `Subject: Hej\r\n\r\nHej ${link} då`,
  'in a header': `List-Unsubscribe: <${link}>\r\n\r\nHej`,
  'in quoted-printable, with soft breaks anywhere': part(
    'text/plain',
    'quoted-printable',
    `S=E5 h=E4r: ${link.replace(/.{25}/g, '$&=\r\n')} =\r\nd=E5`,
  ),
  'in quoted-printable, all of it escaped': part(
    'text/plain',
    'Quoted-Printable',
    link.replace(/./g, (sign) => `=${sign.charCodeAt(0).toString(16)}`).replace(/(.{72})/g, '$1=\r\n'),
  ),
  'in base64': several(
    part('text/plain', '7bit', 'Hej'),
    part('text/html', 'BASE64', base64(`<p>Å</p><a href="${link}">`)),
  ),
  'with references of HTML': part(
    'text/html',
    '7bit',
    `<a href="${link.replaceAll('/', '&#x2F;').replaceAll('_', '&lowbar;')}">`,
  ),
  'within another link': `\r\nhttps://skydd.example.se/?u=${encodeURIComponent(link)}`,
  'in a mail that is attached': several(
    part('message/rfc822', '7bit', part('text/html', 'base64', base64(link))),
  ),
  'in a mail that is attached in base64': several(
    part('message/rfc822', 'base64', base64(several(part('text/plain', 'base64', base64(link))))),
  ),
  'in an attached calendar object': several(
    part('text/calendar; name=a.ics', 'base64', base64(`BEGIN:VCALENDAR\r\nURL:${link}\r\n`)),
  ),
  'before and after the parts': `Content-Type: multipart/mixed; boundary=a\r\n\r\n${link}\r\n--a\r\n\r\nHej\r\n--a--\r\n${link}`,
};

describe('Keys in a mail', () => {
  for (const [where, mail] of Object.entries(written))
    it(`are found and hidden: ${where}`, async () => {
      const { keys, whole, ...found } = hidden(mail);
      expect({ keys, whole }).to.deep.equal({ keys: [key], whole: true });
      const again = hidden(found.mail);
      expect(again).to.deep.equal({ mail: found.mail, keys: [], whole: true });
      expect(JSON.stringify(await PostalMime.parse(found.mail))).to.not.include('kkkk');
    });

  it('leave everything else as it was, byte for byte, line for line', async () => {
    const before = several(
      part('text/plain; charset=utf-8', 'quoted-printable', `Sm=C3=B6r =20\r\n${link} \r\n=\r\nmer`),
      part('image/png', 'base64', base64('\x89PNG'.repeat(50))),
    );
    expect(hidden(before).mail).to.equal(before.replace(`${link} `, `${link.replace(key, 'dold')}=20`));
    const none = before.replaceAll(key, 'kort');
    expect(hidden(none).mail).to.equal(none);
    const bytes = Buffer.from([0x0a, 0xff, 0x80, 0x00, 0x0d]);
    expect(hideKeys(bytes).raw.equals(bytes)).to.equal(true);
  });

  it('keep lines short and escapes whole where a line is written anew', () => {
    const long = part(
      'text/plain',
      'quoted-printable',
      `${'å'.repeat(100)}${link}`.replaceAll('å', '=C3=A5'),
    );
    const lines = hidden(long).mail.split('\r\n');
    expect(lines.every((line) => line.length <= 76 && !/=.$/.test(line))).to.equal(true);
    expect(lines.join('').replaceAll('=C', 'C')).to.include('/kontor/logga-in/dold');
  });

  it('may be where nobody looks: a part in an encoding that nobody knows, or far too deep', () => {
    expect(hidden(part('text/plain', 'x-uuencode', 'begin'))).to.include({ whole: false });
    const deep = Array.from({ length: 30 }).reduce<string>(
      (inner) => part('message/rfc822', '7bit', inner),
      link,
    );
    expect(hidden(deep)).to.deep.include({ whole: false, keys: [key] });
  });
});
