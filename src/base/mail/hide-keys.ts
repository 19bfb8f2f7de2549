import { keysIn, withoutKeys } from '../paths.ts';
import { inBase64, inQuotedPrintable, type TextChange } from './encodings.ts';

/** A mail whose keys are hidden, and the keys that stood in it. `whole`: every part of it could be decoded. */
export type HiddenKeys = { raw: Buffer; keys: string[]; whole: boolean };

/** Parts within parts that are decoded. */
const deepest = 20;

/** How a part may be written (RFC 2045 section 6.1), besides base64 and quoted-printable. */
const plainEncodings = ['', '7bit', '8bit', 'binary'];

/**
 * Hides the keys of our addresses in a mail's bytes, in every part of it, however it is encoded (RFC 2045), and in mails
 * attached to it. What holds no key stays byte for byte. It takes time in proportion to the size, whatever stands in it.
 */
export function hideKeys(raw: Uint8Array): HiddenKeys {
  const keys = new Set<string>();
  let whole = true;
  const hide = (text: string) => {
    const plain = withPlainSigns(text);
    const found = keysIn(plain);
    for (const key of found) keys.add(key);
    return found.length > 0 ? withoutKeys(plain) : text;
  };
  const giveUp = (text: string) => {
    whole = false;
    return hide(text);
  };
  // One character for each byte, so that what is not changed comes out as it was.
  const hidden = entity(Buffer.from(raw).toString('latin1'), deepest, { hide, giveUp });
  return { raw: Buffer.from(hidden, 'latin1'), keys: [...keys], whole };
}

/** The keys that stand in a text that may be HTML, each once. */
export function keysInMarkup(text: string): string[] {
  return keysIn(withPlainSigns(text));
}

/** What is done with a text, and with one that should have been decoded first. */
type Hiding = { hide: TextChange; giveUp: TextChange };

/** A head and what follows it: a whole mail, or one part of it. */
function entity(text: string, depth: number, hiding: Hiding): string {
  const end = /^\r?\n|\r?\n\r?\n/.exec(text);
  if (!end) return hiding.hide(text);
  const head = text.slice(0, end.index + end[0].length);
  return hiding.hide(head) + body(text.slice(head.length), headersIn(head), depth, hiding);
}

type Headers = { type: string; encoding: string };

function headersIn(head: string): Headers {
  const lines = head.replace(/\r?\n[ \t]+/g, ' ');
  const value = (name: string) => new RegExp(`^${name}:(.*)`, 'im').exec(lines)?.[1]?.trim() ?? '';
  return {
    type: value('content-type'),
    encoding: value('content-transfer-encoding').toLowerCase(),
  };
}

function body(text: string, { type, encoding }: Headers, depth: number, hiding: Hiding): string {
  const inner = contents(type, depth, hiding);
  if (encoding === 'base64') return inBase64(text, inner);
  if (encoding === 'quoted-printable') return inQuotedPrintable(text, inner);
  return plainEncodings.includes(encoding) ? inner(text) : hiding.giveUp(text);
}

/** How to hide what a part of this type holds, once it is decoded. */
function contents(type: string, depth: number, hiding: Hiding): TextChange {
  const inner = (text: string) => entity(text, depth - 1, hiding);
  const [, quoted, plain] = /;\s*boundary\s*=\s*(?:"([^"]*)"|([^\s;]+))/i.exec(type) ?? [];
  const boundary = /^multipart\//i.test(type) && (quoted ?? plain);
  if (!boundary && !/^message\/(rfc822|global)\b/i.test(type)) return hiding.hide;
  if (depth === 0) return hiding.giveUp;
  if (!boundary) return inner;
  const line = new RegExp(`(^--${RegExp.escape(boundary)}(?:--)?[ \\t]*(?:\\r?\\n|$))`, 'm');
  return (text) =>
    text
      .split(line)
      .map((piece, at) => (at % 2 === 1 ? piece : inner(piece)))
      .join('');
}

/** Signs that stand in our addresses, where HTML has them as references (`&#47;`): they mean the same. */
function withPlainSigns(text: string): string {
  return text.replace(
    /&(?:#(\d{2,3})|#x([\da-f]{2})|(sol|lowbar|percnt));?/gi,
    (reference, decimal, hex, name) => {
      const sign = name
        ? named[name.toLowerCase() as keyof typeof named]
        : String.fromCharCode(decimal ? Number(decimal) : Number.parseInt(hex, 16));
      return /[\w/%-]/.test(sign) ? sign : reference;
    },
  );
}

const named = { sol: '/', lowbar: '_', percnt: '%' };
