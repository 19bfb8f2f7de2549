/** What is done with a text, one character for each byte. */
export type TextChange = (text: string) => string;

/** No address with a key has fewer characters: spares the work on many short lines. */
const shortest = 25;

/** Changes what a text says in base64; without a change it stays as it was written. */
export function inBase64(text: string, change: TextChange): string {
  const decoded = Buffer.from(text, 'base64').toString('latin1');
  const changed = change(decoded);
  if (changed === decoded) return text;
  const encoded = Buffer.from(changed, 'latin1').toString('base64');
  return encoded.replace(/.{76}(?=.)/g, '$&\r\n') + (/\s*$/.exec(text)?.[0] ?? '');
}

/**
 * Changes what a text says in quoted-printable, line by line, since no address goes on over a hard line break. A line
 * without a change keeps its soft breaks.
 */
export function inQuotedPrintable(text: string, change: TextChange): string {
  return text
    .split(/(?<!=[ \t]*\r?)(\r?\n)/)
    .map((line, at) => (at % 2 === 1 ? line : inOneLine(line, change)))
    .join('');
}

function inOneLine(line: string, change: TextChange): string {
  if (line.length < shortest) return line;
  const decoded = line
    .replace(/=[ \t]*\r?\n/g, '')
    .replace(/=([\da-f]{2})/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
  const changed = change(decoded);
  return changed === decoded ? line : toQuotedPrintable(changed);
}

/** At most 76 characters a line, and no break within an escape (RFC 2045 section 6.7). */
function toQuotedPrintable(line: string): string {
  const escaped = line.replace(
    /[^\t\x20-\x3c\x3e-\x7e]|[\t ]$/g,
    (sign) => `=${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
  return escaped.match(/.{1,75}(?<!=.?)/g)?.join('=\r\n') ?? '';
}
