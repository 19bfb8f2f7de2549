/** The text with a capital letter first, for a line that begins with a word that is written with a small one. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
