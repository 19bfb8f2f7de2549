import { expect } from 'chai';
import {
  addressIn,
  mailboxOf,
  normalisedAddress,
  shownAddress,
  type WrongAddress,
} from '../../../src/base/form/addresses.ts';

describe('normalisedAddress', () => {
  it('gives one person one address however it is typed', () => {
    expect(normalisedAddress(' Asa.Oberg@EXAMPLE.se ')).to.equal('asa.oberg@example.se');
    expect(normalisedAddress("o'neill+boost@mail.example.se")).to.equal("o'neill+boost@mail.example.se");
  });

  it('writes an international domain as the envelope has it (R66)', () => {
    expect(normalisedAddress('asa@Åtvidaberg.se')).to.equal('asa@xn--tvidaberg-42a.se');
    expect(normalisedAddress('asa@a\u030atvidaberg.se')).to.equal('asa@xn--tvidaberg-42a.se');
  });

  for (const wrong of [
    '',
    'asa',
    'asa@',
    '@example.se',
    'asa@example',
    'asa@example..se',
    'asa@-example.se',
    '.asa@example.se',
    'a..b@example.se',
    'a@x.se, b@y.se',
    'a@x.se,b@y.se',
    'a@x.se;b@y.se',
    'a@x.se b@y.se',
    'a@x.se\r\nBcc: b@y.se',
    'a@x.se\nb@y.se',
    'a\r\n@x.se',
    'a@b@x.se',
    'Åsa <asa@example.se>',
    '"a b"@example.se',
    'åsa@example.se',
    'asa@[127.0.0.1]',
    `${'a'.repeat(65)}@example.se`,
    'a@10.0.0.10',
    'a@1.22',
    'a@0x7f.1',
  ])
    it(`refuses ${JSON.stringify(wrong)}`, () => {
      expect(normalisedAddress(wrong)).to.equal(undefined);
    });
});

describe('shownAddress', () => {
  it('is as people write it, and as it is stored if that is no international domain', () => {
    expect(shownAddress('asa@xn--vxj-qla6g.se')).to.equal('asa@växjö.se');
    for (const same of ['asa@example.se', 'asa@xn--zzzz.se', '']) expect(shownAddress(same)).to.equal(same);
  });
});

describe('addressIn', () => {
  for (const typed of [
    '\u200bv@example.se',
    '\u202av@example.se\u202c',
    'Åsa Örn <v@example.se>',
    '"Örn, Åsa" <v@example.se>;',
    '<v@example.se>',
    'mailto:v@example.se',
    '<mailto:v@example.se?subject=Hej>',
    'v@example.se,',
    'v@example.se;',
    'v@example.se.',
    "'v@example.se'",
    '”v@example.se”',
    'v\uff20example.se',
    ' V@EXAMPLE.se\t',
  ])
    it(`takes ${JSON.stringify(typed)}`, () => {
      expect(addressIn(typed)).to.deep.equal({ address: 'v@example.se' });
    });

  it('keeps an apostrophe that belongs to the address', () => {
    expect(addressIn("o'neill@example.se")).to.deep.equal({ address: "o'neill@example.se" });
  });

  const wrong: [string, WrongAddress][] = [
    ['', 'format'],
    ['asa', 'format'],
    ['asa@x', 'format'],
    ['a@x.se, b@y.se', 'several'],
    ['a@x.se b@y.se', 'several'],
    ['a@x.se;b@y.se', 'several'],
    ['A <a@x.se>, B <b@y.se>', 'several'],
    ['a@x.se\r\nBcc: b@y.se', 'several'],
    ['åsa.öberg@linköping.se', 'letters'],
    ['a@10.0.0.10', 'number'],
    ['a@1.22', 'number'],
    ['a@[127.0.0.1]', 'number'],
    ['a@exa_mple.se', 'other'],
    ['"a b"@example.se', 'other'],
    [`${'a'.repeat(65)}@example.se`, 'other'],
  ];
  for (const [typed, why] of wrong)
    it(`refuses ${JSON.stringify(typed)} as ${why}`, () => {
      expect(addressIn(typed)).to.deep.equal({ wrong: why });
    });
});

describe('mailboxOf', () => {
  it('is one for all addresses of a mailbox', () => {
    const same = ['vera.v@gmail.com', 'verav+7@gmail.com', 'v.e.r.a.v@googlemail.com'].map(mailboxOf);
    expect(new Set(same)).to.deep.equal(new Set(['verav@gmail.com']));
    expect(mailboxOf('vera.v+dagen+2@example.se')).to.equal('vera.v@example.se');
    expect([mailboxOf('verav@example.se'), mailboxOf('+7@example.se')]).to.deep.equal([
      'verav@example.se',
      '+7@example.se',
    ]);
  });
});
