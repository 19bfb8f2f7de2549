import { body, type Meta, type ValidationChain } from 'express-validator';
import { isoDay, isoTime, lastDayBefore, midnightAfter, stockholmInstant } from '../base/dates.ts';
import { line, mailbox, phone, required, tidy } from '../base/fields.ts';
import { factors, kinds } from './event.ts';
import type { Plan } from './planning.ts';

/** The most seats that can be written. */
const mostSeats = 100_000;

/**
 * The rules of an event's facts. What a draft may lack is the publish check's matter.
 * @param letterSteps the letters that can be chosen to go by themselves, in their order
 */
export function factsForm(letterSteps: string[]): ValidationChain[] {
  return [
    required('title', 'Rubriken', 120, 'Skriv en rubrik, till exempel Skolan som skydd'),
    body('kind').isIn(kinds).withMessage('Välj vad det är, till exempel Boostdag'),
    body('factors')
      .customSanitizer((chosen: unknown) => [chosen ?? []].flat())
      .custom((chosen: string[]) => chosen.every((one) => factors.some((factor) => factor === one)))
      .withMessage('Välj bland de tre skyddsfaktorerna'),
    line('summary', 'Inbjudan', 1000, true),
    line('audience', 'Vem som kan delta', 500, true),
    line('highlights', 'Det man får lyssna till', 2000, true),
    day('date', 'Skriv vilken dag det är'),
    time('start', 'Skriv när evenemanget börjar, till exempel 09:00'),
    time('end', 'Skriv när evenemanget slutar, till exempel 12:00').custom(endsLater),
    day('firstDay', 'Skriv första anmälningsdagen', true),
    day('lastDay', 'Skriv sista anmälningsdag').custom(closesAfterOpening),
    day('lastChangeDay', 'Skriv sista dagen att ändra', true).custom(isNotAfterIt),
    day('lastCancelDay', 'Skriv sista dagen att avboka', true).custom(isNotAfterIt),
    seats('seatsPlats'),
    seats('seatsDigitalt'),
    queueHours(),
    line('venue', 'Lokalen', 200),
    line('address', 'Adressen', 200),
    link('meetingLink'),
    line('cost', 'Kostnaden', 200),
    line('accessibility', 'Texten om tillgänglighet', 1000, true),
    line('contactName', 'Namnet', 100),
    mailbox('contactEmail'),
    phone('contactPhone'),
    documentation(),
    body('letterPlan')
      .customSanitizer((chosen: unknown) => [chosen ?? []].flat().filter(Boolean))
      .custom((chosen: string[]) => chosen.every((one) => letterSteps.includes(one)))
      .withMessage('Välj bland breven i listan')
      .customSanitizer((chosen: string[]) => letterSteps.filter((step) => chosen.includes(step))),
  ];
}

/** Why an event is cancelled: stands on its page and in the letters. */
export function reasonForm(): ValidationChain[] {
  return [
    line('reason', 'Orsaken', 500)
      .bail()
      .notEmpty()
      .withMessage('Skriv varför, till exempel Föreläsaren har fått förhinder.'),
  ];
}

/** The plan that a valid form describes (factsForm has run). */
export function planOf(form: Record<string, string> & { factors?: unknown; letterPlan?: string[] }): Plan {
  const { date = '', start = '', end = '', firstDay = '', lastDay = '' } = form;
  const text = (name: string) => form[name] ?? '';
  return {
    title: text('title'),
    kind: kinds.find((kind) => kind === form.kind) ?? 'annat',
    factors: factors.filter((factor) => [form.factors].flat().includes(factor)),
    start: known(stockholmInstant(date, start)),
    end: known(stockholmInstant(date, end)),
    opensAt: firstDay ? known(stockholmInstant(firstDay, '00:00')) : null,
    closesAt: known(midnightAfter(lastDay)),
    changeUntil: untilOf(text('lastChangeDay')),
    cancelUntil: untilOf(text('lastCancelDay')),
    venue: text('venue'),
    address: text('address'),
    meetingLink: text('meetingLink'),
    seats: { plats: seatsOf(text('seatsPlats')), digitalt: seatsOf(text('seatsDigitalt')) },
    queueHours: Number(text('queueHours') || usualQueueHours),
    cost: text('cost'),
    audience: text('audience'),
    summary: text('summary'),
    highlights: text('highlights')
      .split('\n')
      .map((one) => one.trim())
      .filter(Boolean),
    accessibility: text('accessibility'),
    contactName: text('contactName'),
    contactEmail: text('contactEmail'),
    contactPhone: text('contactPhone'),
    ...(form.documentation !== undefined && { documentation: linksIn(form.documentation) }),
    // Boxes that are all empty send nothing: the form says that it asked.
    ...(form.letterPlanAsked && { letterPlan: form.letterPlan ?? [] }),
  };
}

/** The event as its form shows it: planOf backwards. An event that has chosen no letters by plan asks for none. */
export function factsOf(event: Plan): Record<string, string | string[]> {
  const { title, kind, venue, address, meetingLink, cost, audience, summary, accessibility } = event;
  const { contactName, contactEmail, contactPhone } = event;
  return {
    title,
    kind,
    factors: event.factors,
    summary,
    audience,
    highlights: event.highlights.join('\n'),
    date: isoDay(event.start),
    start: isoTime(event.start),
    end: isoTime(event.end),
    firstDay: event.opensAt ? isoDay(event.opensAt) : '',
    lastDay: lastDayBefore(event.closesAt),
    lastChangeDay: event.changeUntil ? lastDayBefore(event.changeUntil) : '',
    lastCancelDay: event.cancelUntil ? lastDayBefore(event.cancelUntil) : '',
    seatsPlats: String(event.seats.plats ?? ''),
    seatsDigitalt: String(event.seats.digitalt ?? ''),
    queueHours: String(event.queueHours),
    ...{ venue, address, meetingLink, cost, accessibility, contactName, contactEmail, contactPhone },
    documentation: (event.documentation ?? []).map(({ title: name, url }) => `${name} ${url}`).join('\n'),
    ...(event.letterPlan && { letterPlan: event.letterPlan, letterPlanAsked: 'ja' }),
  };
}

function known(instant: Date | undefined): Date {
  if (!instant) throw new RangeError('The form was not checked.');
  return instant;
}

function untilOf(day: string): Date | null {
  return day ? known(midnightAfter(day)) : null;
}

function seatsOf(typed: string): number | null {
  return typed === '' ? null : Number(typed);
}

function day(name: string, missing: string, optional = false): ValidationChain {
  return line(name, 'Datumet', 100)
    .bail()
    .custom((typed: string) => (optional && typed === '') || isDay(typed))
    .withMessage(`${missing} med år, månad och dag, till exempel 2027-02-11`)
    .bail();
}

function isDay(typed: string): boolean {
  return /^20\d\d-/.test(typed) && stockholmInstant(typed, '12:00') !== undefined;
}

/** A wall time of the day in the field `date`; "9.00" is taken as 09:00. */
function time(name: string, missing: string): ValidationChain {
  return body(name)
    .customSanitizer(clockTime)
    .matches(/^\d\d:\d\d$/)
    .withMessage(missing)
    .bail()
    .custom((typed: string, { req }: Meta) => checkTime(req.body.date, typed))
    .bail();
}

/** "9.00" and "9:00" as "09:00"; everything else as it was typed. */
export function clockTime(typed: unknown): string {
  return tidy(typed).replace(
    /^(\d{1,2})[.:](\d{2})$/,
    (_all, hour: string, minute: string) => `${hour.padStart(2, '0')}:${minute}`,
  );
}

/** @throws Error with the message for the field where the day has no such time, or has it twice: the clock is put forward and back once a year */
export function checkTime(date: string, typed: string): true {
  if (!isDay(date) || stockholmInstant(date, typed)) return true;
  if (/^([01]\d|2[0-3]):[0-5]\d$/.test(typed))
    throw new Error(
      `Klockan ${typed} går inte att använda ${date}, då klockan ställs om. Välj en annan tid, till exempel 09:00`,
    );
  throw new Error(`Klockan ${typed} finns inte. Skriv en tid från 00:00 till 23:59, till exempel 09:00`);
}

function endsLater(end: string, { req }: Meta): true {
  const { date, start } = req.body;
  const [from, to] = [stockholmInstant(date, start), stockholmInstant(date, end)];
  if (from && to && to <= from)
    throw new Error('Evenemanget måste sluta efter att det börjar. Skriv en senare tid, till exempel 12:00');
  return true;
}

function closesAfterOpening(lastDay: string, { req }: Meta): true {
  if (isDay(req.body.firstDay) && lastDay < req.body.firstDay)
    throw new Error(
      'Sista anmälningsdag kan inte vara före den första. Skriv en senare dag, till exempel 2027-01-31',
    );
  return true;
}

function isNotAfterIt(day: string, { req }: Meta): true {
  if (day && isDay(req.body.date) && day > req.body.date)
    throw new Error('Dagen kan inte vara efter evenemanget. Skriv en tidigare dag, till exempel 2027-02-10');
  return true;
}

function seats(name: string): ValidationChain {
  return body(name)
    .customSanitizer((typed: unknown) => tidy(typed))
    .custom((typed: string) => typed === '' || (/^\d{1,6}$/.test(typed) && Number(typed) <= mostSeats))
    .withMessage(
      'Skriv antalet platser som ett heltal, till exempel 120. Lämna tomt om det inte finns någon gräns',
    );
}

/** One link a line, its title before it. A form without the field leaves what stands. */
function documentation(): ValidationChain {
  return line('documentation', 'Dokumentationen', 4000, true)
    .optional()
    .bail()
    .custom((typed: string) => {
      const wrong = rowsOf(typed).find((row) => !documentRow.test(row));
      if (wrong !== undefined)
        throw new Error(
          `Skriv en rubrik och en länk på varje rad, till exempel Presentation https://example.se/bilder. Det går inte att läsa: ${wrong}`,
        );
      return true;
    });
}

const documentRow = /^(\S.*?)\s+(https:\/\/[^\s/?#@]+\.[^\s@]*)$/i;

function linksIn(typed: string): { title: string; url: string }[] {
  return rowsOf(typed).map((row) => {
    const [, title = '', url = ''] = documentRow.exec(row) ?? [];
    return { title, url };
  });
}

function rowsOf(typed: string): string[] {
  return typed
    .split('\n')
    .map((row) => row.trim())
    .filter(Boolean);
}

/** A day, so that who gets a seat has an evening to plan in. */
const usualQueueHours = 24;

function queueHours(): ValidationChain {
  return body('queueHours')
    .customSanitizer((typed: unknown) => tidy(typed))
    .custom((typed: string) => typed === '' || (/^\d{1,3}$/.test(typed) && Number(typed) <= 720))
    .withMessage('Skriv antalet timmar som ett heltal från 0 till 720, till exempel 24');
}

function link(name: string): ValidationChain {
  return line(name, 'Länken', 1000)
    .bail()
    .custom((typed: string) => typed === '' || /^https:\/\/[^\s/?#@]+\.[^\s@]*$/i.test(typed))
    .withMessage('Skriv hela länken, till exempel https://moten.example.se/boostdag');
}
