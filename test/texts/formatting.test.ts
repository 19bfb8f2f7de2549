import { expect } from 'chai';
import { formatted, formattedLine, plainParagraphs, withoutMarks } from '../../src/texts/formatting.ts';

describe('A text with light formatting', () => {
  it('has paragraphs, lists, bold words and links', () => {
    const text = 'Vi möts.\nTa med:\n- **penna**\n- [karta](https://example.se/karta?a=1&b=2)\nVälkommen!';
    expect(formatted(text)).to.equal(
      '<p>Vi möts.</p>\n<p>Ta med:</p>\n<ul>\n<li><strong>penna</strong></li>\n' +
        '<li><a href="https://example.se/karta?a=1&amp;b=2">karta</a></li>\n</ul>\n<p>Välkommen!</p>\n',
    );
    expect(formatted('1. Först\n2. Sedan')).to.equal('<ol>\n<li>Först</li>\n<li>Sedan</li>\n</ol>\n');
    expect(formattedLine('En *viktig* dag')).to.equal('En <em>viktig</em> dag');
  });

  for (const [name, typed] of Object.entries({
    'an element': '<script>alert(1)</script>',
    'an attribute': '<img src=x onerror=alert(1)>',
    'a link that runs a script': '[x](javascript:alert(1))',
    'the same with an entity': '[x](java&#115;cript:alert(1))',
    'a link of data': '[x](data:text/html,<script>alert(1)</script>)',
    'a quote that ends the attribute': '[x](https://example.se/"onmouseover="alert(1))',
    'a picture': '![x](https://example.se/x.png)',
    'a heading': '# Rubrik',
    code: '`kod`',
  }))
    it(`shows ${name} as text`, () => {
      const html = formatted(typed).replace(/<a href="https:\/\/example\.se\/[^"<>\s]*">|<\/a>|<\/?p>/g, '');
      expect(html).not.to.match(/<|href=/);
    });

  it('takes no time over a text that means harm', () => {
    for (const typed of ['*', '[', '[](', '- ']) expect(formatted(typed.repeat(5000))).to.be.a('string');
  });

  it('keeps signs that only look like marks', () => {
    expect(formatted('Kl. 9 * 10 * 11, a_b_c@example.se, 5 - 3')).to.equal(
      '<p>Kl. 9 * 10 * 11, a_b_c@example.se, 5 - 3</p>\n',
    );
  });

  it('is plain text in a mail', () => {
    const text = 'Vi **möts**.\nTa med:\n- [Karta](https://example.se)\n* penna\nVälkommen!';
    expect(plainParagraphs(text)).to.deep.equal([
      'Vi möts.',
      'Ta med:\n– Karta (https://example.se)\n– penna',
      'Välkommen!',
    ]);
  });

  it('is read without its marks by programs', () => {
    expect(withoutMarks('Vi **möts**.\n- [Karta](https://example.se)\n- & mer')).to.equal(
      'Vi möts. Karta & mer',
    );
  });
});
