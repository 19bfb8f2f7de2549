import { expect } from 'chai';
import { connectDatabase, disconnectDatabase } from '../../src/base/database.ts';
import { LetterModel } from '../../src/outbox/letter.ts';
import { pauseQueue } from '../../src/outbox/sending/backoff.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { monday } from '../support/builders.ts';
import { startDatabase } from '../support/database.ts';
import { owedLetter } from '../support/mail/letters.ts';

describe('The state of the service', () => {
  let app: TestApp;

  beforeEach(async () => {
    app = await startApp();
  });
  afterEach(() => app.close());

  const read = async (path: string) => {
    const answer = await fetch(app.url + path);
    return { status: answer.status, body: await answer.json() };
  };

  it('is alive', async () => {
    expect(await read('/healthz')).to.deep.equal({ status: 200, body: { status: 'ok' } });
  });

  it('is ready, with the age of the oldest letter that waits', async () => {
    expect(await read('/readyz')).to.deep.equal({
      status: 200,
      body: { status: 'ok', oldestUnsentSeconds: null, alarm: [] },
    });
    const ago = (seconds: number) => new Date(monday.getTime() - seconds * 1000);
    await LetterModel.create([owedLetter({ createdAt: ago(60) }), owedLetter({ createdAt: ago(90) })]);
    expect((await read('/readyz')).body).to.deep.equal({ status: 'ok', oldestUnsentSeconds: 90, alarm: [] });
  });

  it('raises the alarm where letters do not leave, and stays in service (F18)', async () => {
    const createdAt = new Date(monday.getTime() - 601_000);
    await LetterModel.create([
      owedLetter({ createdAt, dueAt: new Date(+monday + 60_000) }),
      { ...owedLetter({ createdAt: new Date(0) }), state: 'kept', dueAt: undefined },
    ]);
    await pauseQueue(null, monday, 'EAUTH');
    expect(await read('/readyz')).to.deep.equal({
      status: 200,
      body: {
        status: 'ok',
        oldestUnsentSeconds: 601,
        alarm: [
          { what: 'mailServerRefusesUs', code: 'EAUTH' },
          { what: 'lettersLate', seconds: 601 },
        ],
      },
    });
    await LetterModel.updateMany({}, { createdAt: new Date(monday.getTime() - 600_000) });
    await pauseQueue(null, monday, 'ESOCKET');
    expect((await read('/readyz')).body).to.deep.include({ alarm: [] });
  });

  it('is not ready, and says so soon, while no database answers', async () => {
    const { uri } = await startDatabase();
    await disconnectDatabase();
    const answer = await read('/readyz').finally(() => connectDatabase(uri));
    expect(answer).to.deep.equal({ status: 503, body: { status: 'unavailable', oldestUnsentSeconds: null } });
    expect((await read('/readyz')).status).to.equal(200);
  });
});
