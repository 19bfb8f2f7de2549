import { startSmtp } from '../test/support/smtp.ts';
import { openTransport } from '../src/post/transport.ts';
const raw = Buffer.from('From: a@example.se\r\nTo: b@example.se\r\nSubject: x\r\nMessage-ID: <1@x.se>\r\n\r\nhej\r\n');
const posting = { envelope: { from: 'a@example.se', to: 'b@example.se' }, raw };
for (const [b, tls] of [[{}],[{greeting:421}],[{greeting:554}],[{mailFrom:550}],[{mailFrom:451}],[{rcpt:550}],[{rcpt:450}],[{data:554}],[{data:451}],[{lineLost:true}],[{password:535},true],[{password:454},true],[{},true]] as any) {
  const smtp = await startSmtp(b, { tls });
  const t = openTransport({ smtpUrl: tls ? smtp.urlWithPassword : smtp.url, production: false });
  const s = performance.now();
  console.log(JSON.stringify(b), tls ?? '', await t.send(posting), smtp.mails.length, Math.round(performance.now()-s)+'ms');
  t.close(); await smtp.close();
}
{ const smtp = await startSmtp(); const t = openTransport({ smtpUrl: smtp.url, production: true }); console.log('production no tls', await t.send(posting)); t.close();
  const t2 = openTransport({ smtpUrl: smtp.url+'?requireTLS=false', production: true }); console.log('opted out', await t2.send(posting)); t2.close();
  const u = smtp.url.replace('//','//a:b@'); const t3 = openTransport({ smtpUrl: u, production: false }); console.log('password no tls', await t3.send(posting)); t3.close();
  await smtp.close(); const t4 = openTransport({ smtpUrl: smtp.url, production: false }); console.log('nobody', await t4.send(posting)); t4.close();
  const t5 = openTransport({ smtpUrl: 'smtp://finns-inte.invalid', production: false }); console.log('dns', await t5.send(posting)); t5.close();
  const t6 = openTransport({ smtpUrl: smtp.url, production: false }); console.log('bad envelope', await t6.send({envelope:{from:'a@example.se',to:'a@b.se>\r\nx'},raw})); t6.close();
}
