import { setTimeout } from 'node:timers/promises';
import { createApp } from '../../src/app.ts';
import { systemClock } from '../../src/base/clock.ts';
import { register } from '../../src/registrations/sign-up/register.ts';
import { openEvent, openHouse, visitor } from './house.ts';
import { rate } from './measure.ts';

/** The house after 10,000 sign-ups, at rest: prints the megabytes that it holds. */
const house = await openHouse();
const server = createApp({ settings: house.context.settings, clock: systemClock }).listen(0);
const events = await Promise.all(
  Array.from({ length: 20 }, (_, number) => openEvent(house, `Dag ${number}`, 1000)),
);
await rate(10_000, 32, async (number) => {
  const event = events[number % events.length];
  if (event) await register(house.context, event._id, visitor(number));
});
await setTimeout(10_000);
process.stdout.write(`${process.memoryUsage().rss / 2 ** 20}\n`);
server.close();
await house.close();
