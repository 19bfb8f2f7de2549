import { toBytes } from '../src/post/message.ts';
import { confirmation, letter } from '../test/support/letters.ts';
const m = confirmation(), l = letter();
for (let i=0;i<200;i++) await toBytes(l, m);
const s=performance.now(); for (let i=0;i<3000;i++) await toBytes(l, m); console.log((performance.now()-s)/3000);
const s2=performance.now(); for (let i=0;i<60;i++) await Promise.all(Array.from({length:50},()=>toBytes(l, m))); console.log('parallel',(performance.now()-s2)/3000);
