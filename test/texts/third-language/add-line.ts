import { registerHooks } from 'node:module';

// Loaded before everything else: the table of languages gets the one line that a new language needs.
const line = `export * as nn from '${new URL('./nn.ts', import.meta.url)}';\n`;

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    if (!url.endsWith('/src/texts/languages.ts')) return loaded;
    return { ...loaded, source: `${loaded.source}\n${line}` };
  },
});
