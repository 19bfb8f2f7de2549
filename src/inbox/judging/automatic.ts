import type { Opened } from '../parsing/parse.ts';

/**
 * True if no person has sent the mail: a bounce, an absence notice, a list (RFC 3834). X-Auto-Response-Suppress is not
 * a sign of that: it asks for no automatic answer, and Exchange sets it on people's mail too.
 * @param sender the envelope sender; empty for a bounce, undefined if it is not known
 */
export function isAutomatic({ headers }: Opened, sender: string | undefined): boolean {
  return sender === '' || headers.some(([name, value]) => tells(name, value.trim().toLowerCase()));
}

function tells(name: string, value: string): boolean {
  switch (name) {
    case 'auto-submitted':
      return !/^no\b/.test(value);
    case 'return-path':
      return value === '<>';
    case 'content-type':
      return value.startsWith('multipart/report');
    case 'precedence':
      return ['bulk', 'junk', 'list', 'auto_reply'].includes(value);
    case 'list-id':
      return true;
    default:
      return /^x-auto-?(reply|respond|reply-from|generated)/.test(name);
  }
}
