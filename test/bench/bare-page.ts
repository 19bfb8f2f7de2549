import { readFileSync } from 'node:fs';
import compression from 'compression';
import express from 'express';
import helmet from 'helmet';

/** The baseline of the event page: Express with the same headers that sends the same bytes, compressed, and nothing else. */
const page = readFileSync(process.env.PAGE ?? '', 'utf8');
const app = express();
app.use(helmet(), compression());
app.get('/', (_req, res) => void res.type('html').send(page));
app.listen(Number(process.env.PORT), '127.0.0.1', () => process.stdout.write('ready\n'));
