import { answerLinkRequests } from '../../src/link-requests/link-request.ts';
import { linkAnswers } from '../../src/worker.ts';
import type { TestApp } from './app.ts';

/** What the worker does about the links that were asked for, for a suite that runs none. */
export async function answerRequests({
  settings,
  clock,
}: Pick<TestApp, 'settings' | 'clock'>): Promise<void> {
  await answerLinkRequests({ now: clock(), by: {}, settings }, linkAnswers);
}
