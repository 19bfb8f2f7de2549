/** For `node --require`: the machine has no typst of its own, as after `npm ci --omit=optional`. */
const Module = require('node:module');

const load = Module._load;
Module._load = (name, ...rest) => {
  if (name.startsWith('@myriaddreamin/typst-ts-node-compiler-')) throw new Error(`Cannot find ${name}`);
  return load(name, ...rest);
};
