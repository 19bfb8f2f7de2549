/**
 * The keys by which a name of a meeting is compared with registered names: without "(Gäst)" and other remarks, accents
 * and the order of its words. Zoom writes the original name in parentheses, so what they hold may be the name as well.
 */
export function nameKeys(name: string): string[] {
  const inParentheses = [...name.matchAll(/\(([^()]*)\)/g)].map(([, inner = '']) => inner);
  const others = inParentheses.map(keyOf).filter((key) => key.includes(' '));
  return [...new Set([mainNameKey(name), ...others])].filter(Boolean);
}

/** The key of what stands outside parentheses. */
export function mainNameKey(name: string): string {
  return keyOf(name.replace(/\([^()]*\)/g, ' '));
}

function keyOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .toSorted()
    .join(' ');
}

/** True for a name that a meeting room may have, which several people sit in. */
export function isRoom(name: string): boolean {
  return /\b(sal|salen|lokal|rum|rummet|room|konferens\w*|sammantr\w*|\w*(hus|hall|rum|sal)et?)\b|\d/i.test(
    name.normalize('NFC'),
  );
}
