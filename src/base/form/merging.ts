import { createHash } from 'node:crypto';

/** Answers by the names of their fields; several where boxes are ticked or rows repeat. */
export type FormValues = Record<string, string | string[]>;

/**
 * A short mark of each answer as a form shows it. It goes with the form in its hidden input `seen`, so that a save can
 * tell what was changed in the form from what somebody else changed meanwhile.
 */
export function marksOf(shown: FormValues): string {
  return Object.entries(shown)
    .map(([name, answer]) => `${name}:${markOf(answer)}`)
    .join(' ');
}

function markOf(answer: string | string[] | undefined): string {
  const text = [answer ?? []].flat().join('\n').replace(/\r\n?/g, '\n').trim();
  return createHash('sha256').update(text).digest('base64url').slice(0, 8);
}

/** Two people's edits of one form. `theirs`: the fields that only the other changed; `both`: those that both changed, to different answers. */
export type Merge = { answers: FormValues; theirs: string[]; both: string[] };

/**
 * Both edits in one: what was typed where the form was changed, else what is stored now.
 * @param seen the marks of the answers that the form was shown with
 * @param together fields that say something only together, such as the columns of a table: changing one changes all
 */
export function merge(seen: string, now: FormValues, typed: FormValues, together: string[] = []): Merge {
  const marks = new Map(seen.split(' ').map((one): [string, string] => toPair(one)));
  const groupOf = (name: string) => (together.includes(name) ? together : [name]);
  const isChangedIn = (answers: FormValues, name: string) =>
    groupOf(name).some((one) => markOf(answers[one]) !== marks.get(one));
  const differing = Object.keys(typed).filter((name) => markOf(now[name]) !== markOf(typed[name]));
  const theirs = differing.filter((name) => !isChangedIn(typed, name));
  const both = differing.filter((name) => isChangedIn(typed, name) && isChangedIn(now, name));
  const kept = theirs.map((name) => [name, now[name] ?? '']);
  return { answers: { ...typed, ...Object.fromEntries(kept) }, theirs, both };
}

function toPair(mark: string): [string, string] {
  const [name = '', hash = ''] = mark.split(':');
  return [name, hash];
}
