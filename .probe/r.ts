import { createTransport } from 'nodemailer';
import MailComposer from 'nodemailer/lib/mail-composer';
import { confirmation, letter } from '../test/support/letters.ts';
import { render } from '../src/base/templates.ts';
const m = confirmation(), l = letter();
const opts = (crlf: boolean) => { const text = render('letters/text', undefined, {content:m.content}), html = render('letters/html','letter',{language:'sv',subject:'x',content:m.content}); const f=(s:string)=>crlf?s.replace(/\r?\n/g,'\r\n'):s; return { from: l.from, to: l.to, replyTo: l.replyTo, subject: m.subject, date: l.createdAt, messageId:'<a@b.se>', headers: {'Auto-Submitted':'auto-generated'}, text: f(text), html: f(html), icalEvent: {method:'REQUEST', content: m.calendar!.text, contentTransferEncoding:'base64', filename:'invite.ics'}, encoding:'quoted-printable', baseBoundary:'abc'} };
const w1 = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
const w2 = createTransport({ streamTransport: true, buffer: true });
const raw1 = (await w1.sendMail(opts(false))).message as Buffer; const raw2=(await w2.sendMail(opts(true))).message as Buffer; const raw3 = await new MailComposer(opts(true)).compile().build();
console.log(raw1.equals(raw2), raw1.equals(raw3));
async function time(n: string, f: () => Promise<unknown>) { for (let i=0;i<300;i++) await f(); const c=process.cpuUsage(); const s=performance.now(); for (let i=0;i<60;i++) await Promise.all(Array.from({length:50},f)); const u=process.cpuUsage(c); console.log(n,((performance.now()-s)/3000).toFixed(3), 'cpu', ((u.user+u.system)/3e6).toFixed(3)); }
for (let k=0;k<2;k++) {
await time('windows', () => w1.sendMail(opts(false)));
await time('crlf', () => w2.sendMail(opts(true)));
await time('composer', () => new MailComposer(opts(true)).compile().build());
}
