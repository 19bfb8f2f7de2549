// Runs inside the browser's page, before the page's own content: what the tests ask a page about itself.
globalThis.inPage = {
  /** Sends a form from this page; the token that guards the office's forms goes along where the page has one. */
  post(path, fields) {
    const token = document.querySelector('[name=csrf]')?.value;
    const form = document.createElement('form');
    form.method = 'post';
    form.action = path;
    const pairs = Object.entries(token ? { csrf: token, ...fields } : fields);
    for (const [name, value] of pairs.flatMap(([name, value]) => [value].flat().map((one) => [name, one]))) {
      const input = document.createElement('input');
      Object.assign(input, { type: 'hidden', name, value });
      form.append(input);
    }
    document.body.append(form);
    form.submit();
  },

  /** What every page must have, and must not have. */
  look() {
    const summary = document.querySelector('.error-summary');
    return {
      lang: document.documentElement.lang,
      title: document.title,
      headings: document.querySelectorAll('h1').length,
      // The script of the entrance's pages is no inline one (test/pages/look.test.ts says where it may stand).
      inline: described(
        'style, [style], script:not([type="application/ld+json"], [src="/entrance/page.js"])',
      ),
      handlers: described('*').filter((tag) => / on[a-z]+=/.test(tag)),
      duplicateIds: duplicates([...document.querySelectorAll('[id]')].map((one) => one.id)),
      deadLinks: [...document.querySelectorAll('a[href^="#"]')]
        .filter((link) => !document.getElementById(decodeURIComponent(link.hash.slice(1))))
        .map((link) => link.hash),
      summary: summary && {
        first: document.querySelector('main').firstElementChild.contains(summary),
        focused: document.activeElement === summary,
      },
    };
  },

  /** The controls that stand by themselves and are smaller than 24 × 24 (2.5.8). */
  smallTargets() {
    const alone =
      'button, select, textarea, summary, input:not([type=hidden]), .alone > a, .back > a, .links a';
    return [...document.querySelectorAll(alone)]
      .filter((one) => one.checkVisibility() && !one.closest('.trap'))
      .filter((one) => {
        const target = one.matches('[type=radio], [type=checkbox]') ? one.parentElement : one;
        const { width, height } = target.getBoundingClientRect();
        return width < 24 || height < 24;
      })
      .map((one) => one.outerHTML.slice(0, 120));
  },

  /** The controls on which nobody would see the focus; somebody must have used the keyboard before. */
  unseenFocus() {
    const start = document.activeElement;
    const unseen = [
      ...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]'),
    ]
      .filter((one) => one.checkVisibility() && !one.closest('.trap'))
      .filter((one) => {
        one.focus();
        // A radio button's ring stands around its label too.
        const rings = [one, one.closest('.ds-field')].filter(Boolean).map((ring) => getComputedStyle(ring));
        const seen = rings.some(
          (ring) => ring.outlineStyle === 'solid' && Number.parseFloat(ring.outlineWidth) >= 2,
        );
        return document.activeElement !== one || !seen;
      })
      .map((one) => one.outerHTML.slice(0, 120));
    start?.focus();
    return unseen;
  },

  /** How much wider the page is than its window, and what sticks out. */
  overflow() {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.querySelectorAll('main *, header *, footer *')]
      .filter((one) => one.getBoundingClientRect().right > clientWidth + 1)
      .map((one) => one.outerHTML.slice(0, 80));
  },

  /** What axe finds. */
  async violations() {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations } = await axe.run(document, {
      runOnly: tags,
      resultTypes: ['violations'],
      preload: false,
    });
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`,
    );
  },
};

function described(selector) {
  return [...document.querySelectorAll(selector)].map((one) => one.cloneNode(false).outerHTML.slice(0, 200));
}

function duplicates(list) {
  return list.filter((one, index) => list.indexOf(one) !== index);
}
