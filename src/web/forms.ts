import type { Request } from 'express';
import { type ValidationChain, validationResult } from 'express-validator';
import type { NumbersAsked } from '../base/form/personal-numbers.ts';

/** One message for each field that is wrong, in the order of the form. */
export type Errors = Record<string, string>;

/** What came back with a form: the words as they were typed, to show them again, and what is wrong with them. */
export type FormAnswers = { values: Record<string, string>; errors: Errors };

/**
 * Runs a form's rules inside the handler. The chains' sanitised values stand in `req.body` afterwards;
 * `values` are the answers as they were typed.
 * @param given what rules that are built once for all requests need to know of this one; they find it beside the `body`
 */
export async function readForm(
  req: Pick<Request, 'body'>,
  chains: ValidationChain[],
  given: object = {},
): Promise<FormAnswers> {
  const values = typedIn(req);
  const asked: NumbersAsked = {};
  const form = { ...given, asked, body: req.body };
  for (const chain of chains) await chain.run(form);
  const found = validationResult(form).mapped();
  return {
    values: { ...values, ...asked },
    errors: Object.fromEntries(Object.entries(found).map(([field, error]) => [field, String(error.msg)])),
  };
}

/** What was typed, as strings; of a field that came several times, the answers with commas between them. */
export function typedIn(req: Pick<Request, 'body'>): Record<string, string> {
  const body: Record<string, unknown> = req.body ?? {};
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : String(value),
    ]),
  );
}

/** True where the form has a wrong answer. */
export function hasErrors({ errors }: { errors: Errors }): boolean {
  return Object.keys(errors).length > 0;
}
