import type { Opened } from '../parsing/parse.ts';

/**
 * True if our own mail server has found that the mail comes from the domain in From: the topmost Authentication-Results
 * of that server says dmarc=pass (RFC 8601). If the settings name no server, nothing is believed.
 */
export function isProven({ headers, from }: Opened, authservId: string | undefined): boolean {
  if (!authservId || !from) return false;
  const ours = headers.find(
    ([name, value]) => name === 'authentication-results' && serverOf(value) === authservId,
  );
  const verdicts = ours ? resultsIn(ours[1]).filter((result) => /^dmarc(\/\d+)?\s*=/.test(result)) : [];
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1).toLowerCase();
  return verdicts.length > 0 && verdicts.every((verdict) => isPass(verdict, domain));
}

function isPass(verdict: string, domain: string): boolean {
  const [, about] = /\sheader\.from\s*=\s*(\S+)/.exec(verdict) ?? [];
  return /^dmarc(\/\d+)?\s*=\s*pass(\s|$)/.test(verdict) && (about === undefined || about === domain);
}

function serverOf(value: string): string | undefined {
  return resultsIn(value)[0]?.split(/\s/)[0];
}

/** The server's name and its results, in small letters, without what senders may have had written into them. */
function resultsIn(value: string): string[] {
  return withoutComments(value)
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
}

/** Comments may stand within comments (RFC 5322, 3.2.2); quoted words are data, never results. */
function withoutComments(value: string): string {
  const plain = value.replace(/\\./g, '').replace(/"[^"]*"/g, 'quoted');
  let depth = 0;
  return [...plain]
    .filter((sign) => {
      if (sign === '(') depth += 1;
      const outside = depth === 0;
      if (sign === ')' && depth > 0) depth -= 1;
      return outside;
    })
    .join('');
}
