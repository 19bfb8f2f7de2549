import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'chai';
import { freePort } from './support/processes/main-process.ts';
import { stopInARush } from './support/race/stop.ts';

describe('Stopping', () => {
  it('answers everybody in a rush of sign-ups', async function () {
    this.timeout(60_000);
    expect(await stopInARush(150)).to.deep.equal({ answered: 150, cut: 0, status: 0 });
  });

  it('would notice a stop that cuts visitors off', async function () {
    this.timeout(60_000);
    expect((await stopInARush(300, { careless: true })).cut).to.be.above(0);
  });

  describe('npm start', () => {
    let dataDir: string;
    beforeEach(() => {
      dataDir = mkdtempSync(join(tmpdir(), 'boostdagar-npm-'));
    });
    afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

    // A supervisor tells npm alone, a terminal or a container all processes; then npm passes on what its child has had already.
    for (const signal of ['SIGTERM', 'SIGINT'] as const)
      for (const group of [false, true])
        it(`ends cleanly on ${signal} to ${group ? 'the whole group' : 'npm alone'}`, async function () {
          this.timeout(60_000);
          const port = await freePort();
          const npm = await started(port);
          process.kill(group ? -Number(npm.pid) : Number(npm.pid), signal);
          await once(npm, 'exit');
          // npm itself ends by the signal where that was for it too; the server ends in good order all the same.
          await untilRefused(port);
          while (!existsSync(join(dataDir, 'ended'))) await setTimeout(50);
          expect(readFileSync(join(dataDir, 'ended'), 'utf8')).to.equal('0');
        });

    async function started(port: number): Promise<ChildProcess> {
      const env = {
        ...process.env,
        DATA_DIR: dataDir,
        PORT: String(port),
        EXAMPLE_DATA: 'false',
        NODE_OPTIONS: `--import=${tells}`,
      };
      const npm = spawn('npm', ['start'], { env, detached: true, stdio: 'ignore' });
      const isOpen = () => fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
      while (!(await isOpen())) await setTimeout(100);
      return npm;
    }
  });
});

/** Makes the program write down how it ended, which npm keeps to itself. */
const tells = `data:text/javascript,${encodeURIComponent(`
  import { writeFileSync } from 'node:fs';
  if (process.argv[1]?.endsWith('main.ts'))
    process.on('exit', (code) => writeFileSync(process.env.DATA_DIR + '/ended', String(code)));
`)}`;

async function untilRefused(port: number): Promise<void> {
  while (await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined)) await setTimeout(50);
}
