import { expect } from 'chai';
import { Binary, type Db, type Document } from 'mongodb';
import { databaseClient } from '../../src/base/database.ts';
import { allMigrations } from '../../src/migrations/all.ts';
import { migrate } from '../../src/migrations/migrate.ts';
import { monday } from '../support/builders.ts';
import { useDatabase } from '../support/database.ts';
import { withoutLog } from '../support/log.ts';

const key = 'k'.repeat(40);
const link = `https://boostdagar.example.se/anmalan/${key.slice(0, 20)}=\r\n${key.slice(20)}`;
const head = 'Subject: Hej\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n';
const raw = new Binary(Buffer.from(`${head}Ändra: ${link}\r\n`));
const hidden = `${head}Ändra: https://boostdagar.example.se/anmalan/dold\r\n`.replace('Ä', '=C3=84');

describe('Links in letters and mail that an earlier version kept', () => {
  useDatabase();
  withoutLog();
  let db: Db;
  beforeEach(() => {
    const { client, dbName } = databaseClient();
    db = client.db(dbName);
  });

  const bytesOf = (document: Document | undefined) => document?.raw?.buffer.toString();
  const all = (name: string) => db.collection(name).find().sort({ _id: 1 }).toArray();
  const states = ['sent', 'failed', 'bounced', 'dropped', 'queued', 'sending', 'held'];

  it('are hidden where a letter goes nowhere any more, in every batch, and stay where it has still to leave', async () => {
    const letters = Array.from({ length: 12 }).flatMap(() => states.map((state) => ({ state, raw })));
    const rows = [...letters, { state: 'sent' }].map((letter, number) => ({ ...letter, key: `${number}` }));
    await db.collection('letters').insertMany(rows);
    await migrate(allMigrations, () => monday);
    for (const letter of (await all('letters')).slice(0, -1)) {
      const goesOn = ['queued', 'sending', 'held'].includes(letter.state);
      expect(bytesOf(letter), letter.state).to.equal(goesOn ? bytesOf({ raw }) : hidden);
    }
    const before = await all('letters');
    await db.collection<{ _id: number }>('migrations').deleteOne({ _id: 7 });
    await migrate(allMigrations, () => monday);
    expect(await all('letters')).to.deep.equal(before);
  });

  it('are hidden in mail, which goes to the board of its sender; what could not be read is held', async () => {
    const registered = [
      { email: 'asa@example.se', authority: '04' },
      { email: 'asa@example.se', authority: '04' },
      { email: 'bo@example.se', authority: '04' },
      { email: 'bo@example.se', authority: '05' },
    ];
    await db.collection('registrations').insertMany(registered);
    const mail = { state: 'people', outcome: 'letter', envelope: { to: [] }, raw };
    const mails = [
      { ...mail, from: { address: 'Asa@example.se' } },
      { ...mail, from: { address: 'bo@example.se' } },
      { ...mail, from: { address: 'asa@example.se' }, authority: '05' },
      { ...mail, outcome: 'sealed', envelope: { from: 'asa@example.se', to: [] } },
      { ...mail, state: 'received', outcome: undefined },
    ];
    await db.collection('inbound').insertMany(mails, { ignoreUndefined: true });
    await migrate(allMigrations, () => monday);
    const now = await all('inbound');
    expect(now.map(({ authority, held }) => [authority, held])).to.deep.equal([
      ['04', undefined],
      [undefined, undefined],
      ['05', undefined],
      ['04', true],
      [undefined, undefined],
    ]);
    expect(now.map(bytesOf)).to.deep.equal([hidden, hidden, hidden, hidden, bytesOf({ raw })]);
  });
});
