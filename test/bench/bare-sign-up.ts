import express from 'express';
import { MongoClient } from 'mongodb';
import { findAuthority } from '../../src/authorities/authority.ts';
import { ensureReferenceData } from '../../src/authorities/reference.ts';
import { connectDatabase } from '../../src/base/database.ts';
import { personForm, personOf } from '../../src/registrations/sign-up/form.ts';
import { openStore } from '../../src/store/open.ts';
import { textsIn } from '../../src/texts/texts.ts';
import { hasErrors, readForm } from '../../src/web/forms.ts';

/** The baseline of sign-ups: Express that checks the same form and inserts two documents in a transaction, and nothing else. */
const store = await openStore({ dataDir: process.env.DATA_DIR ?? '' });
await connectDatabase(store.uri);
await ensureReferenceData();
const { municipalities } = (await findAuthority('05')) ?? { municipalities: [] };
const offer = { municipalities, modes: ['plats' as const, 'digitalt' as const] };
const client = await new MongoClient(store.uri, { maxPoolSize: 32 }).connect();
const db = client.db();
for (const name of ['people', 'letters']) await db.createCollection(name);

const app = express();
app.post('/', express.urlencoded({ extended: false }), async (req, res) => {
  const answers = await readForm(req, personForm(textsIn('sv')), { offer });
  if (hasErrors(answers)) return void res.status(422).send(answers.errors);
  const person = personOf(req.body, offer, 'sv');
  await client.withSession((session) =>
    session.withTransaction(async () => {
      await db.collection('people').insertOne({ ...person }, { session });
      await db.collection('letters').insertOne({ to: person.email, at: performance.now() }, { session });
    }),
  );
  res.redirect(303, '/');
});
app.listen(Number(process.env.PORT), '127.0.0.1', () => process.stdout.write('ready\n'));
