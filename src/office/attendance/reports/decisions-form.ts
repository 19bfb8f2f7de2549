import type { Request } from 'express';
import { body, type ValidationChain } from 'express-validator';
import type { Authority } from '../../../authorities/authority.ts';
import { municipalityChoices } from '../../../authorities/municipalities.ts';
import { type Role, roles } from '../../../authorities/roles.ts';
import { storedAddress } from '../../../base/form/addresses.ts';
import { plain } from '../../../base/form/cleaning.ts';
import { mailbox } from '../../../base/form/fields.ts';
import type { Event } from '../../../events/event.ts';
import type { AccountDecision, Decisions } from '../../../meeting-reports/decide.ts';
import { registeredWith } from '../../../meeting-reports/people.ts';
import type { MeetingReport } from '../../../meeting-reports/report.ts';
import { type FormAnswers, readForm } from '../../../web/forms.ts';

/** What was answered about a draft, and who is registered with the addresses that were typed. */
export type DecisionAnswers = FormAnswers & { registered: Map<string, Event['_id']> };

/** So many accounts are asked about on one page, so that a browser's form stays within its limits. */
export const mostAsked = { unsure: 150, unknown: 60 };

/** More people do not fit into a room. */
const mostPeople = 500;

/** The accounts that the page asks about: those whose name is known, and those that nobody is registered with. */
export function askedRows({ rows }: Pick<MeetingReport, 'rows'>) {
  const indexed = rows.map((row, index) => ({ row, index }));
  return {
    unsure: indexed.filter(({ row }) => row.by === 'name').slice(0, mostAsked.unsure),
    unknown: indexed.filter(({ row }) => row.by === 'none').slice(0, mostAsked.unknown),
  };
}

/** Reads what an organiser has decided about the accounts of a draft. */
export async function readDecisions(
  req: Request,
  event: Event,
  report: MeetingReport,
  board: Authority,
): Promise<DecisionAnswers> {
  const { unsure, unknown } = askedRows(report);
  const answers = await readForm(req, [
    number('threshold', 0, 1440).withMessage('Skriv antalet minuter med siffror, till exempel 90'),
    ...unsure.map(({ row, index }) =>
      body(`match-${index}`)
        .default('')
        .isIn(['', ...row.candidates.map(String)])
        .withMessage('Välj en av dem som står i listan'),
    ),
    ...unknown.flatMap(({ index }) => unknownForm(index, board)),
  ]);
  const typed = unknown.map(({ index }) => ({
    field: `address-${index}`,
    email: textIn(req, `address-${index}`),
  }));
  const registered = await registeredWith(event, typed.map(({ email }) => email).filter(Boolean));
  for (const { field, email } of typed)
    if (email && !registered.has(email))
      answers.errors[field] ??= `Ingen är anmäld med ${email}. Kontrollera adressen.`;
  return { ...answers, registered };
}

function unknownForm(index: number, { municipalities }: Authority): ValidationChain[] {
  const places = municipalityChoices(municipalities).map(({ value }) => value);
  return [
    mailbox(`address-${index}`),
    number(`people-${index}`, 0, mostPeople).withMessage(
      `Skriv antalet personer med siffror, högst ${mostPeople}`,
    ),
    body(`municipality-${index}`).default(places.at(-1)).isIn(places).withMessage('Välj en kommun i listan'),
    body(`role-${index}`).default('annan').isIn(roles).withMessage('Välj en roll i listan'),
  ];
}

function number(name: string, min: number, max: number): ValidationChain {
  return body(name).customSanitizer(numberIn).isInt({ min, max });
}

/** The number that was typed; none is 0. */
function numberIn(typed: unknown): number {
  return Number(plain(typed));
}

function textIn(req: Request, field: string): string {
  const value: unknown = req.body[field];
  return typeof value === 'string' ? value : '';
}

/** The decisions of answers that are right. */
export function decidedIn({ values, registered }: DecisionAnswers, report: MeetingReport): Decisions {
  const { unknown } = askedRows(report);
  const rows = new Map<number, Partial<AccountDecision>>();
  for (const [index, row] of report.rows.entries()) {
    if (row.by !== 'name') continue;
    const only = values.names === 'ja' && row.candidates.length === 1 ? row.candidates[0] : undefined;
    const chosen = row.candidates.find((id) => String(id) === values[`match-${index}`]);
    rows.set(index, { registration: chosen ?? only ?? null });
  }
  for (const { index } of unknown) {
    rows.set(index, {
      registration: registered.get(storedAddress(values[`address-${index}`])) ?? null,
      people: numberIn(values[`people-${index}`]),
      municipality: values[`municipality-${index}`] ?? 'annan',
      role: (values[`role-${index}`] ?? 'annan') as Role,
    });
  }
  return { threshold: numberIn(values.threshold), marksAbsent: values.absent === 'ja', rows };
}
