import { type Profiler, Session } from 'node:inspector/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { RegistrationModel } from '../../../src/registrations/registration.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEvent, aPerson } from '../../support/builders.ts';
import { send } from '../../support/requests/visitor.ts';

/** What it is today; the aim is 12. Inner folders and the table of questions have made small files of what was one. */
const most = 32;

const src = join(import.meta.dirname, '../../../src/');
const notCounted = /^(base|limits|web|store)\//;

describe('A sign-up', () => {
  let app: TestApp;
  const inspector = new Session();

  before(async () => {
    app = await startApp();
    await anAuthority();
    await anEvent({ slug: 'dagen' });
    inspector.connect();
    await inspector.post('Profiler.enable');
    await inspector.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  });
  after(async () => {
    await inspector.post('Profiler.stopPreciseCoverage');
    inspector.disconnect();
    await app.close();
  });

  it(`enters at most ${most} files, besides those that know no domain`, async () => {
    await signUp('forst@example.se');
    await inspector.post('Profiler.takePreciseCoverage');
    await signUp('sedan@example.se');
    const { result } = await inspector.post('Profiler.takePreciseCoverage');
    const entered = filesEntered(result);
    expect(await RegistrationModel.countDocuments({ status: 'confirmed' })).to.equal(2);
    process.stdout.write(`${entered.map((file) => `      ${file}\n`).join('')}`);
    expect(entered).to.include('registrations/sign-up/register.ts');
    expect(entered.length, entered.join(', ')).to.be.at.most(most);
  });

  async function signUp(email: string): Promise<void> {
    const { language, ...answers } = aPerson({ email });
    const { status } = await send(app, '/evenemang/dagen/anmalan', answers);
    expect(status).to.equal(303);
  }
});

/** The files of ours in which a function has run since the coverage was taken last, as paths in src. */
function filesEntered(coverage: Profiler.ScriptCoverage[]): string[] {
  return coverage
    .filter(({ functions }) => functions.some(({ ranges }) => (ranges[0]?.count ?? 0) > 0))
    .flatMap(({ url }) => (url.startsWith('file:') ? fileURLToPath(url.replace(/\?.*/, '')) : []))
    .filter((path) => path.startsWith(src))
    .map((path) => path.slice(src.length))
    .filter((path) => !notCounted.test(path))
    .toSorted();
}
