import { expect } from 'chai';
import { logger } from '../../src/base/log.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { visit } from '../support/requests/visitor.ts';

const urlencoded = 'application/x-www-form-urlencoded';

const manyFields = Object.fromEntries(Array.from({ length: 700 }, (_, at) => [`f${at}`, '']));

/** Requests that are wrong, and the status that says how. */
const wrong: Record<string, [status: number, path: string, init: RequestInit]> = {
  'an unknown charset': [415, '/', { body: 'a=1', headers: { 'Content-Type': `${urlencoded}; charset=x` } }],
  'another charset': [
    415,
    '/',
    { body: 'a=1', headers: { 'Content-Type': `${urlencoded}; charset=utf-16` } },
  ],
  'an unknown encoding': [
    415,
    '/',
    { body: 'a=1', headers: { 'Content-Type': urlencoded, 'Content-Encoding': 'https' } },
  ],
  JSON: [415, '/anmalan/ny-lank', { body: '{}', headers: { 'Content-Type': 'application/json' } }],
  'a plain text': [415, '/kontor/logga-in', { body: 'email=x', headers: { 'Content-Type': 'text/plain' } }],
  'no type at all': [415, '/anmalan/ny-lank', { body: new Uint8Array([1, 2]) }],
  'a broken type': [415, '/anmalan/ny-lank', { body: 'a', headers: { 'Content-Type': ';;' } }],
  'a broken compression': [
    400,
    '/',
    { body: 'a=1', headers: { 'Content-Type': urlencoded, 'Content-Encoding': 'gzip' } },
  ],
  'too much': [413, '/', { body: new URLSearchParams({ a: 'x'.repeat(200_000) }) }],
  'too many fields': [413, '/', { body: new URLSearchParams(manyFields) }],
  'a broken address': [400, '/evenemang/%E0%A4%A', { method: 'GET' }],
  'an address that nobody has': [404, '/finns/inte', { method: 'GET' }],
};

describe('What a client does wrong', () => {
  let app: TestApp;
  let logged: string[];
  const { error } = logger;

  before(async () => {
    app = await startApp();
    logged = [];
    logger.error = ((...parts: unknown[]) => logged.push(JSON.stringify(parts))) as typeof error;
  });
  after(async () => {
    logger.error = error;
    await app.close();
  });

  for (const [name, [status, path, init]] of Object.entries(wrong))
    it(`is told as such, in the reader’s language, and not logged as ours: ${name}`, async () => {
      const swedish = await visit(app, path, { method: 'POST', ...init });
      expect(swedish.status).to.equal(status);
      expect(swedish.html).to.contain('<html lang="sv">').and.contain('Hoppa till innehållet');
      const english = await visit(app, path.startsWith('/kontor') ? '/en/x' : `/en${path}`, {
        method: 'POST',
        ...init,
      });
      expect(english.status).to.equal(status);
      expect(english.html).to.contain('<html lang="en">');
      expect(logged).to.deep.equal([]);
    });

  it('leads off the site by no link', async () => {
    for (const path of ['/en//evil.example/x', '//evil.example/x', '/en/\\evil.example/x']) {
      const { html, status } = await visit(app, path);
      expect(status, path).to.equal(404);
      expect(html, path).not.to.match(/href="[/\\]{2}/);
    }
  });
});
