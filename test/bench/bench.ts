import { equalWork } from './figures/equal-work.ts';
import { eventPage } from './figures/event-page.ts';
import { homePage } from './figures/home.ts';
import { memory } from './figures/memory.ts';
import { rush } from './figures/rush.ts';
import { signUps } from './figures/sign-ups.ts';
import { start } from './figures/start.ts';
import { statistics } from './figures/statistics.ts';
import { store } from './figures/store.ts';
import { waiting } from './figures/waiting.ts';

/** The figures of the README's table, and two more that run if they are named: the embedded database, and answers that must not differ. */
const figures: Record<string, () => Promise<void>> = {
  ...{
    Q1: rush,
    Q2: waiting,
    Q3: statistics,
    Q4: start,
    Q5: homePage,
    Q6: signUps,
    Q7: eventPage,
    Q8: memory,
  },
  ...{ store, addresses: equalWork },
};

/** `npm run bench` prints Q1 to Q8, `npm run bench -- Q3 store` these. What is aimed at stands beside each. */
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in figures));
if (unknown.length > 0)
  throw new Error(`There is no figure ${unknown.join(', ')}. There are ${Object.keys(figures).join(', ')}.`);
for (const [name, measure] of Object.entries(figures))
  if (asked.length > 0 ? asked.includes(name) : name.startsWith('Q')) await measure();
