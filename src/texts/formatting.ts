import MarkdownIt from 'markdown-it';

/** What an organiser is told about the marks of a text. */
export const formattingHelp =
  'En rad som börjar med - blir en punkt i en lista. **Fet text** och [ord](https://…) som länk går också.';

/**
 * A small part of Markdown: lists, bold, italics and links. Everything else, HTML and pictures too, is shown as it is
 * typed, and a link leads only to an address that cannot run a script, so the result is safe in a page.
 */
const markdown = new MarkdownIt('zero', { html: false }).enable(['list', 'emphasis', 'link', 'escape']);

/** A text with its marks as HTML. Each line that is no item of a list is a paragraph. */
export function formatted(text: string): string {
  return markdown.render(paragraphsOf(text).join('\n\n'));
}

/** The paragraphs of a text as plain text: items of lists begin with a dash, and a link is followed by its address. */
export function plainParagraphs(text: string): string[] {
  return paragraphsOf(text).map((paragraph) => paragraph.split('\n').map(plainLine).join('\n'));
}

function plainLine(line: string): string {
  const words = markdown
    .parseInline(line.replace(/^\s*[-*]\s+/, '– '), {})
    .flatMap(({ children }) => children ?? []);
  const hrefs = words.flatMap((token) => token.attrGet('href') ?? []);
  return words.map(({ type, content }) => (type === 'link_close' ? ` (${hrefs.shift()})` : content)).join('');
}

function paragraphsOf(text: string): string[] {
  return text.split(/\n+(?!\s*(?:[-*]|\d{1,2}[.)])\s)/).filter(Boolean);
}

/** One line with its marks as HTML, without a paragraph around it. */
export function formattedLine(line: string): string {
  return markdown.renderInline(line);
}

/** The words of a text without its marks, on one line. */
export function withoutMarks(text: string): string {
  const words = markdown.parse(text, {}).flatMap(({ children }) => {
    const inline = children?.map(({ type, content }) => (type === 'softbreak' ? ' ' : content)) ?? [];
    return inline.length > 0 ? [inline.join('')] : [];
  });
  return words.join(' ').replace(/\s+/g, ' ').trim();
}
