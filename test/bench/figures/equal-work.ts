import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../../src/app.ts';
import { systemClock } from '../../../src/base/clock.ts';
import { paths } from '../../../src/base/paths.ts';
import { addOrganiser } from '../../../src/organisers/organiser.ts';
import { register } from '../../../src/registrations/sign-up/register.ts';
import { aForm } from '../../support/builders.ts';
import { median, report } from '../measure.ts';
import { openEvent, openService, visitor } from '../service.ts';

/** Posts of each kind for known addresses, and as many for unknown ones. */
const rounds = 100;

/** How long a form takes for addresses that are known, in milliseconds, with unknown ones as the baseline: medians in turns. */
export async function equalWork(): Promise<void> {
  const service = await openService({
    ...{ SMTP_URL: 'smtp://127.0.0.1:1', LOG_LEVEL: 'silent', RATE_LIMIT: 'on', TRUST_PROXY: '1' },
  });
  const event = await openEvent(service, 'Dag', 100_000);
  for (let number = 0; number < rounds; number += 1)
    await register(service.context, event._id, visitor(number));
  const { email: known } = visitor(0);
  await addOrganiser(service.context, service.authority._id, { name: 'Maja Lindgren', email: known });
  const server = createApp({ settings: service.context.settings, clock: systemClock }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const post = (path: string, fields: Record<string, string>) =>
    timeOf(`http://127.0.0.1:${port}${path}`, fields);
  const signUp = (email: string) => post(paths.signUp(event.slug), aForm({ email }));

  await compare(
    'sign-up, registered address',
    (n) => signUp(visitor(n).email),
    (n) => signUp(`ny${n}@example.se`),
  );
  await compare(
    'the same again within the hour',
    (n) => signUp(visitor(n).email),
    (n) => signUp(`nyare${n}@example.se`),
  );
  const asks = (path: string, email: string) => post(path, { email });
  await compare(
    'lost link, known address',
    (n) => asks(paths.newLink(), visitor(n).email),
    (n) => asks(paths.newLink(), `ingen${n}@example.se`),
  );
  await compare(
    'sign-in link, known address',
    () => asks(paths.signIn(), known),
    () => asks(paths.signIn(), 'ingen@example.se'),
  );
  server.close();
  server.closeAllConnections();
  await service.close();
}

type Timed = (number: number) => Promise<number>;

async function compare(name: string, known: Timed, unknown: Timed): Promise<void> {
  const times: [number, number][] = [];
  await unknown(-1);
  for (let number = 0; number < rounds; number += 1) times.push([await known(number), await unknown(number)]);
  report(name, median(times.map(([one]) => one)), 'ms', median(times.map(([, other]) => other)));
}

let posts = 0;

/** Each post comes from a network of its own, so that no limit answers. */
async function timeOf(url: string, fields: Record<string, string>): Promise<number> {
  posts += 1;
  const headers = { 'X-Forwarded-For': `10.0.${posts >> 8}.${posts & 255}` };
  const body = new URLSearchParams(fields);
  const start = performance.now();
  const answer = await fetch(url, { method: 'POST', body, headers, redirect: 'manual' });
  await answer.arrayBuffer();
  if (answer.status >= 400) throw new Error(`${url} answered ${answer.status}`);
  return performance.now() - start;
}
