import { Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';

/** One line of JSON for each other figure: the value, the baseline of the same run, and their ratio. */
export function report(name: string, value: number, unit: string, baseline?: number): void {
  const ratio = baseline === undefined ? null : rounded(value / baseline);
  const line = {
    name,
    value: rounded(value),
    unit,
    baseline: baseline === undefined ? null : rounded(baseline),
    ratio,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** What is beside a figure: in what it is measured, and what its ratio shall be. */
type Beside = { unit: string; aim: string };

/** One line of JSON for a figure of the README's table: the value, the baseline of the same run, their ratio, and the aim. */
export function figure(
  name: string,
  about: string,
  [value, baseline]: [value: number, baseline: number],
  { unit, aim }: Beside,
): void {
  const [ours, theirs] = [rounded(value), rounded(baseline)];
  const line = { name, ratio: rounded(value / baseline), aim, value: ours, baseline: theirs, unit, about };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function rounded(number: number): number {
  return Number(number.toPrecision(4));
}

/** Runs `total` jobs, `parallel` at a time. @returns jobs a second */
export async function rate(
  total: number,
  parallel: number,
  job: (number: number) => Promise<unknown>,
): Promise<number> {
  const start = performance.now();
  let next = 0;
  const lane = async () => {
    while (next < total) await job(next++);
  };
  await Promise.all(Array.from({ length: parallel }, lane));
  return (total * 1000) / (performance.now() - start);
}

/** How often each figure is measured, in turns with its baseline. `BENCH_ROUNDS=1` gives a first look while something is tried. */
export const rounds = Number(process.env.BENCH_ROUNDS ?? 5);

/** Measures two ways of doing the same in turn, so that a machine whose speed drifts favours neither. @returns medians */
export async function inTurns(
  ours: () => Promise<number>,
  bare: () => Promise<number>,
): Promise<[ours: number, bare: number]> {
  const figures: [number, number][] = [];
  await ours();
  await bare();
  for (let round = 0; round < rounds; round += 1) figures.push([await ours(), await bare()]);
  return [median(figures.map(([first]) => first)), median(figures.map(([, second]) => second))];
}

/** The middle one. */
export function median(figures: number[]): number {
  return quantile(figures, 0.5);
}

/** The figure below which that part of all lies. */
export function quantile(figures: number[], part: number): number {
  const ordered = figures.toSorted((a, b) => a - b);
  return ordered[Math.min(ordered.length - 1, Math.floor(ordered.length * part))] ?? 0;
}

const agent = new Agent({ keepAlive: true, maxSockets: 32 });

/** What is asked besides a plain GET. `agent` keeps connections of one's own. */
type Asking = { method?: string; headers?: OutgoingHttpHeaders; body?: string; agent?: Agent };

export type Answer = { status: number; headers: IncomingHttpHeaders; bytes: Buffer };

/** Asks an address once, over a connection that stays open, and reads the answer to its end. */
export function ask(url: string, { body = '', ...options }: Asking = {}): Promise<Answer> {
  const form = body && { 'content-type': 'application/x-www-form-urlencoded' };
  const headers = { ...form, 'content-length': Buffer.byteLength(body), ...options.headers };
  return new Promise((resolve, reject) => {
    request(url, { agent, ...options, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        const { statusCode = 0, headers } = response;
        resolve({ status: statusCode, headers, bytes: Buffer.concat(chunks) });
      });
    })
      .on('error', reject)
      .end(body);
  });
}

/** How long an address takes to answer with 200, in milliseconds: the median of some. */
export async function timeOf(url: string, options: Asking, times: number): Promise<number> {
  const taken: number[] = [];
  for (let number = 0; number < times; number += 1) {
    const start = performance.now();
    const { status } = await ask(url, options);
    if (status !== 200) throw new Error(`${url} answered ${status}`);
    taken.push(performance.now() - start);
  }
  return median(taken);
}
