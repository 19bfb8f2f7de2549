import { readFileSync } from 'node:fs';
import express from 'express';

/** The baseline of the event page: Express that sends the same bytes, and nothing else. */
const page = readFileSync(process.env.PAGE ?? '', 'utf8');
const app = express();
app.get('/', (_req, res) => void res.type('html').send(page));
app.listen(Number(process.env.PORT), '127.0.0.1', () => process.stdout.write('ready\n'));
