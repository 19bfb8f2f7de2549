import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { RegistrationModel } from '../../../src/registrations/registration.ts';
import { inDatabase, makeData, writeEvent } from '../../bench/data.ts';
import { firstLine, inFolder, run } from '../../bench/processes.ts';
import { freePort } from '../processes/main-process.ts';
import { signUpAll } from './sign-ups.ts';

/** What became of a rush: how often each status was answered, registrations, and the heaps of both processes against before. */
export type Rushed = { answers: Record<string, number>; registrations: number; heaps: number[] };

/** Lets a process collect its garbage when it is told to by a signal, and say how many bytes of its heap are in use then. */
const tells = `--import=data:text/javascript,${encodeURIComponent(`
  import { setFlagsFromString } from 'node:v8';
  import { runInNewContext } from 'node:vm';
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  process.on('SIGUSR2', () => { collect(); console.log('heap ' + process.memoryUsage().heapUsed); });
`)}`;

/** Sends `people` sign-ups at once, half of them to each of two processes on one database, for an event with so many seats. */
export async function rush(people: number, seats: number): Promise<Rushed> {
  return inFolder(async (folder) => {
    let slug = '';
    await makeData(folder, async (place) => {
      const facts = { seats: { plats: seats, digitalt: 0 } };
      slug = (await writeEvent(place, 'Dag som alla vill till', 30, facts)).slug;
    });
    const database = run('src/programs/database.ts', { DATA_DIR: folder });
    const uri = await firstLine(database);
    const services = await Promise.all([startOn(uri, folder), startOn(uri, folder)]);
    await everybody(services, slug, 'varm', 20);
    const before = await Promise.all(services.map(heapOf));
    const statuses = await everybody(services, slug, 'rusch', people);
    await setTimeout(10_000);
    const after = await Promise.all(services.map(heapOf));
    for (const { stop } of [...services, database]) await stop();
    const counts = Object.entries(Object.groupBy(statuses, String));
    return {
      answers: Object.fromEntries(counts.map(([status, all]) => [status, all?.length ?? 0])),
      registrations: await inDatabase(folder, () =>
        RegistrationModel.countDocuments({ email: /^(varm|rusch)/ }),
      ),
      heaps: after.map((bytes, index) => Number((bytes / (before[index] ?? 0)).toFixed(2))),
    };
  });
}

type Service = Awaited<ReturnType<typeof startOn>>;

async function startOn(uri: string, folder: string) {
  const port = await freePort();
  const service = run('src/main.ts', {
    ...{ MONGODB_URI: uri, PORT: String(port), DATA_DIR: folder, NODE_OPTIONS: tells },
    ...{ SECRET: 'one secret for both of the processes', EXAMPLE_DATA: 'false', RATE_LIMIT: 'off' },
  });
  const lines = createInterface(service.child.stdout);
  await once(lines, 'line');
  return { ...service, lines, url: `http://127.0.0.1:${port}` };
}

async function heapOf({ child, lines }: Service): Promise<number> {
  child.kill('SIGUSR2');
  for (;;) {
    const [line] = await once(lines, 'line');
    if (String(line).startsWith('heap ')) return Number(String(line).slice('heap '.length));
  }
}

async function everybody(services: Service[], slug: string, name: string, people: number): Promise<number[]> {
  const half = (service: number) => Array.from({ length: people / 2 }, (_, n) => `${name}${service}-${n}`);
  const answers = services.map(({ url }, service) => signUpAll(url, slug, half(service)));
  return (await Promise.all(answers)).flat();
}

// As a program: 1,000 sign-ups for 100 seats. Ends with 1 if the seats are not filled exactly, an answer is an error, or a heap has grown by a quarter.
if (import.meta.main) {
  const { answers, registrations, heaps } = await rush(1_000, 100);
  process.stdout.write(
    `1,000 sign-ups at once for 100 seats: ${JSON.stringify({ answers, registrations, heaps })}\n`,
  );
  const areErrors = Object.keys(answers).some((status) => status.startsWith('5'));
  if (registrations !== 100 || areErrors || heaps.some((ratio) => ratio > 1.25)) process.exitCode = 1;
}
