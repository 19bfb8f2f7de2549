import { expect } from 'chai';
import { httpsLink, linkIn } from '../../../src/base/form/links.ts';

describe('A link', () => {
  for (const [typed, link] of [
    ['https://www.youtube.com/@lansstyrelsen/streams', 'https://www.youtube.com/@lansstyrelsen/streams'],
    ['https://example.se/a\u200b\u00ad', 'https://example.se/a'],
    ['<https://example.se/a>', 'https://example.se/a'],
    ['”https://example.se/a”.', 'https://example.se/a'],
    ['https://example.se/a,', 'https://example.se/a'],
    ['https://example.se/a)', 'https://example.se/a'],
    ['https://example.se/a_(b)', 'https://example.se/a_(b)'],
    ['https://example.se?a=b@c', 'https://example.se?a=b@c'],
  ])
    it(`is taken as ${JSON.stringify(typed)}`, () => {
      expect(linkIn(typed)).to.equal(link);
      expect(link).to.match(httpsLink);
    });

  for (const wrong of [
    'https://a:b@example.se',
    'http://example.se',
    'https://example',
    'https://x.se a',
    '',
  ])
    it(`is not ${JSON.stringify(wrong)}`, () => {
      expect(linkIn(wrong)).not.to.match(httpsLink);
    });
});
