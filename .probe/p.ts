import { toBytes } from '../src/post/message.ts';
import { invitation } from '../src/calendar/invitation.ts';
import { render } from '../src/base/templates.ts';
import { confirmation, letter, entry } from '../test/support/letters.ts';
import { openTransport } from '../src/post/transport.ts';
import { fork } from 'node:child_process';
async function time(n: string, f: () => unknown, k = 500) { for (let i=0;i<100;i++) await f(); const c=process.cpuUsage(); const t = performance.now(); for (let i=0;i<k;i++) await f(); const u=process.cpuUsage(c); console.log(n, 'ms each', ((performance.now()-t)/k).toFixed(3), 'cpu', ((u.user+u.system)/1000/k).toFixed(3)); }
const e = entry(), m = confirmation(), l = letter();
await time('invitation', () => invitation(e));
await time('html', () => render('letters/html', 'letter', {language:'sv', subject:'x', content: m.content}));
await time('text', () => render('letters/text', undefined, {content: m.content}));
await time('toBytes', () => toBytes(l, m));
const raw = await toBytes(l, m);
if (process.argv[2]) { const t = openTransport({ smtpUrl: process.argv[2], production: false });
 const n=2000; let i=0; const s=performance.now(); const c=process.cpuUsage(); await Promise.all(Array.from({length:5}, async () => { while (i++ < n) { const o = await t.send({envelope:{from:'a@example.se',to:'b@example.se'}, raw}); if (o.outcome!=='sent') throw o; } })); const u=process.cpuUsage(c); console.log('bare per letter', (performance.now()-s)/n, 'cpu', (u.user+u.system)/1000/n); t.close(); }
