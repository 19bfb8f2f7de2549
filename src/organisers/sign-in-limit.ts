import type { Context } from '../base/context.ts';
import { secondsToWait } from '../limits/limit.ts';

/** Posts that ask for a sign-in link to one address from one network. */
const askings = { name: 'sign-in', most: 30, minutes: 15 };

/**
 * Counts a post that asks for a sign-in link, and tells for how many seconds no more are taken; 0 if this one is. Each
 * address has a count of its own: using one up keeps nobody else behind the same network out. Unknown addresses
 * are counted as known ones are.
 */
export async function secondsToSignIn(context: Context, email: string): Promise<number> {
  return secondsToWait(context, askings, `${context.by.network} ${email}`);
}
