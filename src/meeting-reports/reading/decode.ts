/** Why a file cannot be read as a meeting report. */
export type Unreadable =
  | 'empty'
  | 'spreadsheet'
  | 'oldSpreadsheet'
  | 'pdf'
  | 'picture'
  | 'webPage'
  | 'binary'
  | 'cut'
  | 'tooLong'
  | 'noReport'
  | 'unreadable';

/** How files of other kinds begin, in bytes as latin1. */
const beginnings: [string, Unreadable][] = [
  ['PK\x03\x04', 'spreadsheet'],
  ['\xd0\xcf\x11\xe0', 'oldSpreadsheet'],
  ['%PDF-', 'pdf'],
  ['\x89PNG', 'picture'],
  ['\xff\xd8\xff', 'picture'],
  ['GIF8', 'picture'],
];

/**
 * The text of a file, whose encoding its bytes tell: Teams writes UTF-16 with a byte order mark, Zoom UTF-8, and Excel
 * either UTF-8 or Windows-1252.
 */
export function decode(bytes: Uint8Array): { text: string } | { refused: Unreadable } {
  const start = Buffer.from(bytes.subarray(0, 8)).toString('latin1');
  const [, refused] = beginnings.find(([beginning]) => start.startsWith(beginning)) ?? [];
  if (refused) return { refused };
  const encoding = utf16In(bytes);
  const text = encoding ? inUtf16(bytes, encoding) : (inUtf8(bytes) ?? inWindows1252(bytes));
  if (text === undefined) return { refused: 'cut' };
  if (text.trim() === '') return { refused: 'empty' };
  if (/^\s*<(!doctype|html|\?xml)/i.test(text)) return { refused: 'webPage' };
  return /[\p{Cc}--[\t\n\v\f\r\x80-\x9f]]/v.test(text) ? { refused: 'binary' } : { text };
}

/** By the byte order mark; without one, by where the zeros of Latin letters stand. */
function utf16In(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const head = bytes.subarray(0, 1000);
  const zeros = (side: number) => head.filter((byte, index) => byte === 0 && index % 2 === side).length;
  const [even, odd] = [zeros(0), zeros(1)];
  if (even + odd < head.length / 4) return undefined;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

/** @returns undefined where the file ends in the middle of a character */
function inUtf16(bytes: Uint8Array, encoding: string): string | undefined {
  return bytes.length % 2 === 0 ? new TextDecoder(encoding).decode(bytes) : undefined;
}

/** @returns undefined where it is not UTF-8; text that breaks off in the middle of a character ends with U+FFFD */
function inUtf8(bytes: Uint8Array): string | undefined {
  try {
    // Streaming leaves a last character that is not whole for the next piece, and is strict about the others.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return new TextDecoder().decode(bytes).endsWith('\ufffd') ? `${text}\ufffd` : text;
  } catch {
    return undefined;
  }
}

function inWindows1252(bytes: Uint8Array): string {
  return new TextDecoder('windows-1252').decode(bytes);
}
