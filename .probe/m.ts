import { toBytes } from '../src/post/message.ts';
import { confirmation, letter } from '../test/support/letters.ts';
const s = performance.now();
const b = await toBytes(letter(), confirmation());
console.log(b.toString()); console.log(b.length, performance.now()-s);
const t = performance.now(); for (let i=0;i<200;i++) await toBytes(letter(), confirmation()); console.log('ms each', (performance.now()-t)/200);
