import { registerHooks } from 'node:module';

/** For `--import`: puts careless.ts in the place of the modules that guard the seats. */
registerHooks({
  resolve(specifier, context, next) {
    const guards = /\/(seats|serial)\.ts$/.test(specifier) && context.parentURL?.includes('/src/');
    return guards
      ? { url: import.meta.resolve('./careless.ts'), shortCircuit: true }
      : next(specifier, context);
  },
});
