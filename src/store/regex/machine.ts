import { StoreError } from '../values/errors.ts';
import type { Node } from './parse.ts';

/** A match: where it begins and ends, in code points, and the same of each group that took part. */
export type Span = {
  start: number;
  end: number;
  groups: (readonly [start: number, end: number] | undefined)[];
};

/** One step of a program: a character to match, or how to go on without one. */
type Step =
  | { kind: 'character'; accepts(character: string): boolean }
  | { kind: 'place'; holds(text: string[], at: number): boolean }
  /** Goes on in several places, the first being preferred. */
  | { kind: 'split'; to: number[] }
  | { kind: 'save'; slot: number }
  | { kind: 'match' };

type Saved = readonly (number | undefined)[];
type Thread = { step: number; saved: Saved };

/** The largest program, and the most steps times characters: beyond that PCRE gives up too. */
const mostSteps = 20_000;
const mostWork = 20_000_000;

/**
 * A matcher without backtracking (Thompson's construction as Rob Pike runs it, https://swtch.com/~rsc/regexp/regexp2.html):
 * its work is the length of the text times the size of the pattern, whatever they are. It finds the same match as one that
 * backtracks.
 */
export class Machine {
  readonly #steps: Step[] = [];

  constructor(pattern: Node) {
    this.#save(0, () => this.#compile(pattern));
    this.#push({ kind: 'match' });
  }

  /** The first match at or after `from`. */
  run(text: string[], from: number): Span | undefined {
    if (this.#steps.length * (text.length - from) > mostWork) throw tooMuchWork();
    let threads: Thread[] = [];
    let found: Saved | undefined;
    for (let at = from; at <= text.length && (threads.length > 0 || !found); at++) {
      const ready: Thread[] = [];
      const seen = new Set<number>();
      for (const { step, saved } of threads) this.#follow(step, saved, { text, at, ready, seen });
      if (!found) this.#follow(0, [], { text, at, ready, seen });
      threads = [];
      for (const { step, saved } of ready) {
        const now = this.#steps[step];
        if (now?.kind === 'match') {
          found = saved;
          break;
        }
        const character = text[at];
        if (now?.kind === 'character' && character !== undefined && now.accepts(character))
          threads.push({ step: step + 1, saved });
      }
    }
    return found && spanOf(found);
  }

  /** Adds the steps that wait for a character (or match) and can be reached from `start` without taking one. */
  #follow(
    start: number,
    saved: Saved,
    turn: { text: string[]; at: number; ready: Thread[]; seen: Set<number> },
  ): void {
    const waiting: Thread[] = [{ step: start, saved }];
    for (let thread = waiting.pop(); thread; thread = waiting.pop()) {
      const { step } = thread;
      if (turn.seen.has(step)) continue;
      turn.seen.add(step);
      const now = this.#steps[step];
      if (now?.kind === 'split') {
        for (const next of now.to.toReversed()) waiting.push({ step: next, saved: thread.saved });
      } else if (now?.kind === 'save') {
        const changed = [...thread.saved];
        changed[now.slot] = turn.at;
        waiting.push({ step: step + 1, saved: changed });
      } else if (now?.kind === 'place') {
        if (now.holds(turn.text, turn.at)) waiting.push({ step: step + 1, saved: thread.saved });
      } else turn.ready.push(thread);
    }
  }

  #push(step: Step): number {
    if (this.#steps.length >= mostSteps) throw new StoreError(51091, 'Regular expression is too large');
    return this.#steps.push(step) - 1;
  }

  #save(group: number, body: () => void): void {
    this.#push({ kind: 'save', slot: 2 * group });
    body();
    this.#push({ kind: 'save', slot: 2 * group + 1 });
  }

  #compile(node: Node): void {
    switch (node.kind) {
      case 'character':
        this.#push({ kind: 'character', accepts: acceptsOf(node.source, node.ignoreCase) });
        break;
      case 'place':
        this.#push({ kind: 'place', holds: node.place.holds });
        break;
      case 'list':
        for (const item of node.items) this.#compile(item);
        break;
      case 'group':
        if (node.capture === undefined) this.#compile(node.body);
        else this.#save(node.capture, () => this.#compile(node.body));
        break;
      case 'choice':
        this.#choose(node.options);
        break;
      case 'repeat':
        this.#repeat(node);
        break;
      default:
        throw tooMuchWork();
    }
  }

  #choose(options: Node[]): void {
    const ends: { kind: 'split'; to: number[] }[] = [];
    const split = { kind: 'split' as const, to: [] as number[] };
    this.#push(split);
    for (const option of options) {
      split.to.push(this.#steps.length);
      this.#compile(option);
      const end = { kind: 'split' as const, to: [] as number[] };
      this.#push(end);
      ends.push(end);
    }
    for (const end of ends) end.to.push(this.#steps.length);
  }

  #repeat({ body, least, most, lazy }: Extract<Node, { kind: 'repeat' }>): void {
    for (let n = 0; n < least; n++) this.#compile(body);
    const either = (inside: number, after: number) => (lazy ? [after, inside] : [inside, after]);
    if (most === Number.POSITIVE_INFINITY) {
      const split = { kind: 'split' as const, to: [] as number[] };
      const start = this.#push(split);
      this.#compile(body);
      this.#push({ kind: 'split', to: [start] });
      split.to = either(start + 1, this.#steps.length);
      return;
    }
    const splits: { at: number; step: { kind: 'split'; to: number[] } }[] = [];
    for (let n = least; n < most; n++) {
      const step = { kind: 'split' as const, to: [] as number[] };
      splits.push({ at: this.#push(step), step });
      this.#compile(body);
    }
    for (const { at, step } of splits) step.to = either(at + 1, this.#steps.length);
  }
}

/** Tests one character with JavaScript's own expression, and remembers the answer. */
function acceptsOf(source: string, ignoreCase: boolean): (character: string) => boolean {
  const expression = new RegExp(`^(?:${source})$`, ignoreCase ? 'ui' : 'u');
  const known = new Map<string, boolean>();
  return (character) => {
    let accepted = known.get(character);
    if (accepted === undefined) {
      accepted = expression.test(character);
      known.set(character, accepted);
    }
    return accepted;
  };
}

function spanOf(saved: Saved): Span {
  const pair = (group: number) => {
    const [start, end] = [saved[2 * group], saved[2 * group + 1]];
    return start === undefined || end === undefined ? undefined : ([start, end] as const);
  };
  const groups = Array.from({ length: Math.max(0, Math.ceil(saved.length / 2) - 1) }, (_, i) => pair(i + 1));
  const [start, end] = pair(0) ?? [0, 0];
  return { start, end, groups };
}

/** MongoDB's error when PCRE reaches its match limit. */
export function tooMuchWork(): StoreError {
  return new StoreError(
    51156,
    'Error occurred while executing the regular expression. Result code: -47 (match limit)',
  );
}
