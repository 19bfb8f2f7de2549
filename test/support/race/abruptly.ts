import { registerHooks } from 'node:module';

/** For `--import`: puts abrupt-server.ts in the place of the module that stops the web server. */
registerHooks({
  resolve(specifier, context, next) {
    const stops = /\/web\/server\.ts$/.test(specifier) && context.parentURL?.includes('/src/');
    return stops
      ? { url: import.meta.resolve('./abrupt-server.ts'), shortCircuit: true }
      : next(specifier, context);
  },
});
