/** Thrown if another owner holds, or has since changed, something that a write needs. Nothing has been written then. */
export class Contended extends Error {
  key: string;

  constructor(key: string) {
    super(`${key} is contended`);
    this.key = key;
  }
}

type Waiter = { owner: object; wake(): void };
type Lock = { owner: object; queue: Waiter[] };

/** Who holds which documents and unique keys, and who waits for them, first come first served. */
export class Locks {
  readonly #locks = new Map<string, Lock>();
  readonly #held = new Map<object, Set<string>>();

  /** Whether nobody holds anything. */
  get idle(): boolean {
    return this.#locks.size === 0;
  }

  /** Takes `key` for `owner` until it releases; throws Contended. */
  take(key: string, owner: object): void {
    this.pass(key, owner);
    if (this.#locks.has(key)) return;
    this.#locks.set(key, { owner, queue: [] });
    this.#hold(key, owner);
  }

  /** Throws Contended if anyone but `owner` holds `key`. */
  pass(key: string, owner: object): void {
    const lock = this.#locks.get(key);
    if (lock && lock.owner !== owner) throw new Contended(key);
  }

  /**
   * Waits at most `limit` ms for `key`; true: the owner has it now. An owner that holds anything must not wait, so that
   * two owners never wait for each other.
   */
  turn(key: string, owner: object, limit: number): Promise<boolean> {
    const lock = this.#locks.get(key);
    if (!lock || lock.owner === owner) {
      this.take(key, owner);
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        lock.queue = lock.queue.filter((waiter) => waiter.owner !== owner);
        resolve(false);
      }, limit);
      const wake = () => {
        clearTimeout(timer);
        resolve(true);
      };
      lock.queue.push({ owner, wake });
    });
  }

  release(owner: object): void {
    const keys = this.#held.get(owner);
    this.#held.delete(owner);
    if (keys) for (const key of keys) this.#handOn(key);
  }

  #hold(key: string, owner: object): void {
    const keys = this.#held.get(owner);
    if (keys) keys.add(key);
    else this.#held.set(owner, new Set([key]));
  }

  #handOn(key: string): void {
    const lock = this.#locks.get(key);
    const next = lock?.queue.shift();
    if (!lock || !next) return void this.#locks.delete(key);
    lock.owner = next.owner;
    this.#hold(key, next.owner);
    next.wake();
  }
}
