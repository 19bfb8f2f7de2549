import { startSmtp } from '../test/support/smtp.ts';
const s = await startSmtp(); console.log(s.url);
