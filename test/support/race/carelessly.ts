import { registerHooks } from 'node:module';

/** For `--import`: puts careless.ts in the place of the modules that protect sign-ups. */
registerHooks({
  resolve(specifier, context, next) {
    const isGuard = /\/(database|serial)\.ts$/.test(specifier);
    return isGuard && context.parentURL?.endsWith('/src/registrations/sign-up/register.ts')
      ? { url: import.meta.resolve('./careless.ts'), shortCircuit: true }
      : next(specifier, context);
  },
});
