/** Thrown where somebody else holds, or has changed since, what a write needs; nothing has been written then. */
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
export type Locks = {
  /** Takes `key` for `owner` until it releases; throws Contended. */
  take(key: string, owner: object): void;
  /** Throws Contended where another than `owner` holds `key`. */
  pass(key: string, owner: object): void;
  /** Waits at most `limit` ms for `key`; true: it is the owner's now. Only who holds nothing may wait, so nobody waits in a ring. */
  turn(key: string, owner: object, limit: number): Promise<boolean>;
  release(owner: object): void;
  /** Whether nobody holds anything. */
  idle(): boolean;
};

/** An empty table of locks. */
export function createLocks(): Locks {
  const locks = new Map<string, Lock>();
  const held = new Map<object, Set<string>>();

  function hold(key: string, owner: object): void {
    const keys = held.get(owner);
    if (keys) keys.add(key);
    else held.set(owner, new Set([key]));
  }

  function pass(key: string, owner: object): void {
    const lock = locks.get(key);
    if (lock && lock.owner !== owner) throw new Contended(key);
  }

  function take(key: string, owner: object): void {
    pass(key, owner);
    if (locks.has(key)) return;
    locks.set(key, { owner, queue: [] });
    hold(key, owner);
  }

  function handOn(key: string): void {
    const lock = locks.get(key);
    const next = lock?.queue.shift();
    if (!lock || !next) return void locks.delete(key);
    lock.owner = next.owner;
    hold(key, next.owner);
    next.wake();
  }

  return {
    take,
    pass,
    idle: () => locks.size === 0,
    turn(key, owner, limit) {
      const lock = locks.get(key);
      if (!lock || lock.owner === owner) {
        take(key, owner);
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
    },
    release(owner) {
      const keys = held.get(owner);
      held.delete(owner);
      if (keys) for (const key of keys) handOn(key);
    },
  };
}
