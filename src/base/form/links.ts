import { tidy } from './cleaning.ts';

/** An https link with a host that has a dot, and no user name in front of it. */
export const httpsLink = /^https:\/\/[^\s/?#@]+\.[^\s/?#@]+(?:[/?#]\S*)?$/i;

/** A link as it is pasted, without the brackets or quotes around it and without the end of the sentence that it stood in. */
export function linkIn(typed: unknown): string {
  const text = tidy(typed).replace(/^[<"'”“’‘]+|[>"'”“’‘,;.]+$/g, '');
  return text.includes('(') ? text : text.replace(/\)+$/, '');
}
