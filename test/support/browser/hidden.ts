/** The hidden inputs of the page's last form, as its button sends them. */
export function hiddenIn(html: string): Record<string, string[]> {
  const form = html.slice(html.lastIndexOf('<form'));
  const inputs = [...form.matchAll(/<input type="hidden" name="([\w-]+)" value="([^"]*)"/g)];
  const fields = Map.groupBy(inputs, ([, name = '']) => name);
  return Object.fromEntries(
    [...fields].map(([name, found]) => [name, found.map(([, , value = '']) => unescaped(value))]),
  );
}

function unescaped(value: string): string {
  return value.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&#34;/g, '"').replace(/&amp;/g, '&');
}
