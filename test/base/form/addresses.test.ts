import { expect } from 'chai';
import { holdsPersonalNumber, mailboxOf, normalisedAddress } from '../../../src/base/form/addresses.ts';

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
  ])
    it(`refuses ${JSON.stringify(wrong)}`, () => {
      expect(normalisedAddress(wrong)).to.equal(undefined);
    });
});

describe('holdsPersonalNumber', () => {
  for (const number of [
    '19121212-1212',
    '191212121212',
    '20121212 1212',
    '121212-1212',
    '121212+1212',
    '1212121212',
    'Jag heter Åsa, 19121212-1212.',
    '191212721219',
    '19120229-1234',
  ])
    it(`finds one in ${JSON.stringify(number)}`, () => {
      expect(holdsPersonalNumber(number)).to.equal(true);
    });

  for (const other of [
    '',
    '010-223 50 00',
    '0102235000',
    '0701234567',
    '1212121213',
    '202100-2270',
    '19121312-1212',
    '19120230-1212',
    '991212121212345',
    'Motala kommun, 2027-02-11 9.00–12.00',
    'Dnr 801-1234-2026',
  ])
    it(`lets ${JSON.stringify(other)} pass`, () => {
      expect(holdsPersonalNumber(other)).to.equal(false);
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
