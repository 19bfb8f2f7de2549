// The languages of visitors' pages and letters. A new one is a file beside this one, and its line here.
export * as en from './en.ts';
export * as sv from './sv.ts';
