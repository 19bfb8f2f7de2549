import { Agent, request } from 'node:http';

/** One line of JSON for each figure (contract): the value, the baseline of the same run, and their ratio. */
export function report(name: string, value: number, unit: string, baseline?: number): void {
  const rounded = (number: number) => Number(number.toPrecision(4));
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

/** Measures two ways of doing the same in turn, so that a machine whose speed drifts favours neither. @returns medians */
export async function inTurns(
  rounds: number,
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

/** Reads an address once over a connection that stays open. @returns the status and the bytes */
export function read(url: string): Promise<{ status: number; bytes: Buffer }> {
  return new Promise((resolve, reject) => {
    request(url, { agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, bytes: Buffer.concat(chunks) }));
    })
      .on('error', reject)
      .end();
  });
}
