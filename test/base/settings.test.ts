import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readSettings, SettingsError } from '../../src/base/settings.ts';

const production = {
  NODE_ENV: 'production',
  BASE_URL: 'https://boostdagar.example.se/',
  MAIL_FROM: 'boostdagar@example.se',
  SECRET: 'x'.repeat(32),
};

describe('Settings', () => {
  const folder = mkdtempSync(join(tmpdir(), 'settings-'));
  const dataDir = () => mkdtempSync(join(folder, 'data-'));
  after(() => rmSync(folder, { recursive: true }));

  it('need nothing outside production', () => {
    const settings = readSettings({ DATA_DIR: dataDir() });
    expect(settings).to.include({
      port: 3000,
      host: '127.0.0.1',
      baseUrl: 'http://localhost:3000',
      production: false,
    });
    expect(settings).to.include({
      exampleData: true,
      rateLimit: true,
      firstAuthority: '05',
      logLevel: 'info',
      graceMinutes: 30,
      mailRate: 600,
    });
  });

  it('let the grace time be switched off, and take no nonsense for it', () => {
    expect(readSettings({ DATA_DIR: dataDir(), GRACE_MINUTES: '0' }).graceMinutes).to.equal(0);
    expect(() => readSettings({ DATA_DIR: dataDir(), GRACE_MINUTES: 'en stund' })).to.throw(
      /^GRACE_MINUTES /,
    );
  });

  it('make a secret once and keep it where only the owner reads it', () => {
    const DATA_DIR = dataDir();
    const { secret } = readSettings({ DATA_DIR });
    expect(secret).to.have.length.of.at.least(32);
    expect(readSettings({ DATA_DIR }).secret).to.equal(secret);
    expect(readFileSync(join(DATA_DIR, 'secret'), 'utf8')).to.equal(secret);
    expect(statSync(join(DATA_DIR, 'secret')).mode & 0o077).to.equal(0);
  });

  it('of production load no example and listen to all', () => {
    const settings = readSettings(production);
    expect(settings).to.include({
      exampleData: false,
      host: '0.0.0.0',
      baseUrl: 'https://boostdagar.example.se',
    });
    expect(readSettings({ ...production, EXAMPLE_DATA: 'true' }).exampleData).to.equal(true);
  });

  it('read addresses of replica sets and proxies', () => {
    const MONGODB_URI = 'mongodb://a.example.se:27017,b.example.se:27017/boostdagar?replicaSet=rs0';
    expect(readSettings({ ...production, MONGODB_URI }).mongodbUri).to.equal(MONGODB_URI);
    expect(readSettings({ ...production, TRUST_PROXY: '1' }).trustProxy).to.equal(1);
    expect(readSettings({ ...production, TRUST_PROXY: 'loopback, 10.0.0.0/8' }).trustProxy).to.deep.equal([
      'loopback',
      '10.0.0.0/8',
    ]);
  });

  it('listen for mail on an address and a port, and on nothing else', () => {
    const at = (INBOUND_LISTEN: string) =>
      readSettings({ DATA_DIR: dataDir(), INBOUND_LISTEN }).inboundListen;
    expect(at('')).to.equal(undefined);
    expect(at('127.0.0.1:2525')).to.deep.equal({ host: '127.0.0.1', port: 2525 });
    expect(at('[::1]:25')).to.deep.equal({ host: '::1', port: 25 });
    for (const nonsense of [
      '2525',
      'localhost',
      'localhost:0',
      '127.0.0.1:70000',
      ':25',
      'http://a:25',
      'a b:25',
    ])
      expect(() => at(nonsense), nonsense).to.throw(
        SettingsError,
        /^INBOUND_LISTEN .*Example: INBOUND_LISTEN=/,
      );
  });

  const wrong: Record<string, Record<string, string>> = {
    PORT: { PORT: 'abc' },
    NODE_ENV: { NODE_ENV: 'prod' },
    BASE_URL: { ...production, BASE_URL: '' },
    MAIL_FROM: { MAIL_FROM: 'Boostdagar <a@example.se>' },
    MAIL_RATE: { MAIL_RATE: '0' },
    MONGODB_URI: { MONGODB_URI: 'localhost:27017' },
    SMTP_URL: { SMTP_URL: 'http://relay.example.se' },
    SECRET: { SECRET: 'short' },
    SECRET_BEFORE: { SECRET_BEFORE: 'short' },
    TRUST_PROXY: { TRUST_PROXY: 'yes please' },
    INBOUND_LISTEN: { INBOUND_LISTEN: '2525' },
    INBOUND_AUTHSERV_ID: { INBOUND_AUTHSERV_ID: 'mx.example.se; dmarc=pass' },
    ENVELOPE_DOMAIN: { ENVELOPE_DOMAIN: 'studs@example.se' },
    FIRST_ORGANISER: { FIRST_ORGANISER: 'maja' },
    FIRST_AUTHORITY: { FIRST_AUTHORITY: '99' },
    EXAMPLE_DATA: { EXAMPLE_DATA: 'ja' },
    RATE_LIMIT: { RATE_LIMIT: '100' },
    LOG_LEVEL: { LOG_LEVEL: 'loud' },
    DATA_DIR: { DATA_DIR: '/dev/null/data' },
  };
  for (const [name, environment] of Object.entries(wrong)) {
    it(`stop at a wrong ${name} with its name and an example`, () => {
      expect(() => readSettings({ DATA_DIR: dataDir(), ...environment }))
        .to.throw(SettingsError)
        .with.property('message')
        .match(new RegExp(`^${name} .+Example: ${name}=.+`));
    });
  }
});
