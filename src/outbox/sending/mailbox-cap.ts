import { type Letter, LetterModel } from '../letter.ts';

/** Letters that nobody has proven to want and that go to one mailbox in any 24 hours. */
const most = 10;
const day = 24 * 3600_000;

type Capped = Pick<Letter, '_id' | 'mailbox' | 'firstTriedAt'>;

/**
 * Those of these letters that may go now, for the worker that has the lease. The others wait until their mailbox has had
 * fewer in a day, and are looked at again then. A letter that is tried again has been let through before.
 */
export async function withinCap<L extends Capped>(letters: L[], now: Date): Promise<L[]> {
  const capped = letters.filter(({ mailbox, firstTriedAt }) => mailbox && !firstTriedAt).sort(byAge);
  if (capped.length === 0) return letters;
  const had = await triedLately(capped, now);
  const until = new Map<L, Date>();
  for (const letter of capped) {
    const times = had.get(letter.mailbox) ?? [];
    const tenth = times.at(-most);
    if (tenth) until.set(letter, new Date(+tenth + day));
    else had.set(letter.mailbox, [...times, now]);
  }
  await postpone(until);
  return letters.filter((letter) => !until.has(letter));
}

function byAge({ _id: a }: Capped, { _id: b }: Capped): number {
  return Buffer.compare(a.id, b.id);
}

/** When the mailboxes of these letters have had others in the last 24 hours, the oldest first. */
async function triedLately(letters: Capped[], now: Date): Promise<Map<string | undefined, Date[]>> {
  const mailboxes = new Set(letters.flatMap(({ mailbox }) => mailbox ?? []));
  const found = await LetterModel.find(
    { mailbox: { $in: [...mailboxes] }, firstTriedAt: { $gt: new Date(+now - day) } },
    { mailbox: 1, firstTriedAt: 1 },
  )
    .sort({ firstTriedAt: 1 })
    .lean();
  const groups = Map.groupBy(found, ({ mailbox }) => mailbox);
  return new Map(
    [...groups].map(([mailbox, all]) => [mailbox, all.flatMap((one) => one.firstTriedAt ?? [])]),
  );
}

async function postpone(until: Map<Capped, Date>): Promise<void> {
  const changes = [...until].map(([{ _id }, dueAt]) => ({
    updateOne: {
      filter: { _id, state: 'queued' as const },
      update: { $set: { dueAt, waitsUntil: dueAt } },
    },
  }));
  if (changes.length > 0) await LetterModel.bulkWrite(changes);
}
