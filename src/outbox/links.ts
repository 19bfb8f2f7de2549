/** A piece of a line; with `url` if it is a link. */
type Piece = { text: string; url?: string };

const address = /https:\/\/[^\s<>"]*[^\s<>".,;:!?)]/;
const mailbox = /[\w.!#$%&'*+/=?^`{|}~-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+/u;
/** A telephone number as Swedes write it: a date or an organisation number does not begin like one. */
const phone = /(?<![\w+.,-])(?:\+\d{2} ?|0)\d[\d -]{5,12}\d(?![\w-])/;
const link = new RegExp(`(${[address, mailbox, phone].map(({ source }) => source).join('|')})`, 'u');

/** A line of a letter in pieces, so that web addresses, mail addresses and telephone numbers can be links. */
export function linked(line: string): Piece[] {
  return line.split(link).map((text, index) => (index % 2 === 1 ? { text, url: urlOf(text) } : { text }));
}

function urlOf(text: string): string {
  if (text.startsWith('https:')) return text;
  return text.includes('@') ? `mailto:${encodeURI(text)}` : `tel:${text.replace(/[^+\d]/g, '')}`;
}
