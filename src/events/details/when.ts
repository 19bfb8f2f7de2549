import type { Meta } from 'express-validator';
import { isoDay, isoTime, lastDayBefore, stockholmInstant } from '../../base/dates.ts';
import type { Field } from '../../base/form/fields.ts';
import { day, endOf, instantAt, isDay, time } from './days.ts';
import { answer, type Detail } from './detail.ts';

const start: Detail<Date> = {
  fields: [
    dayField({
      name: 'date',
      label: 'Dag',
      help: 'Till exempel 4 feb 2027 eller 2027-02-04.',
      rule: (name) => day(name, 'Skriv vilken dag det är'),
    }),
    {
      name: 'start',
      label: 'Börjar',
      width: 5,
      beside: true,
      rule: (name) => time(name, 'Skriv när evenemanget börjar, till exempel 09.00'),
    },
  ],
  read: (form) => instantAt(answer(form, 'date'), answer(form, 'start')),
  show: (value) => ({ date: isoDay(value), start: isoTime(value) }),
  copy: 'moved',
  told: 'concerned',
};

const end: Detail<Date> = {
  fields: [
    {
      name: 'end',
      label: 'Slutar',
      width: 5,
      beside: true,
      rule: (name) => time(name, 'Skriv när evenemanget slutar, till exempel 12.00').custom(endsLater),
    },
  ],
  read: (form) => instantAt(answer(form, 'date'), answer(form, 'end')),
  show: (value) => ({ end: isoTime(value) }),
  copy: 'moved',
  told: 'concerned',
};

const opensAt: Detail<Date | null> = {
  fields: [
    dayField({
      name: 'firstDay',
      label: 'Första anmälningsdag',
      help: 'Anmälan öppnar klockan 0.00. Lämna tomt, så öppnar den när du publicerar.',
      optional: '(frivilligt)',
      rule: (name) => day(name, 'Skriv första anmälningsdagen', true),
    }),
  ],
  read: (form) => (form.firstDay ? instantAt(answer(form, 'firstDay'), '00:00') : null),
  show: (value) => ({ firstDay: value ? isoDay(value) : '' }),
  copy: 'emptied',
};

const closesAt: Detail<Date> = {
  fields: [
    dayField({
      name: 'lastDay',
      label: 'Sista anmälningsdag',
      help: 'Anmälan stänger klockan 23.59. Dagen ska vara före evenemangets dag.',
      rule: (name) => day(name, 'Skriv sista anmälningsdag').custom(closesAfterOpening),
    }),
  ],
  read: (form) => endOf(answer(form, 'lastDay')),
  show: (value) => ({ lastDay: lastDayBefore(value) }),
  copy: 'moved',
};

/** When the event is, and until when people can do what. */
export const when = {
  start,
  end,
  opensAt,
  closesAt,
  changeUntil: lastDay({
    name: 'lastChangeDay',
    label: 'Sista dag för ändringar',
    help: 'Så länge kan deltagarna ändra sina uppgifter själva. Lämna tomt, så är det sista anmälningsdagen.',
    rule: (name) => day(name, 'Skriv sista dagen att ändra', true).custom(isNotAfterIt),
  }),
  cancelUntil: lastDay({
    name: 'lastCancelDay',
    label: 'Sista dag för avbokning',
    help: 'Så länge kan deltagarna avboka själva. Lämna tomt, så kan de det tills evenemanget börjar.',
    rule: (name) => day(name, 'Skriv sista dagen att avboka', true).custom(isNotAfterIt),
  }),
};

function dayField(field: Field): Field {
  return { ...field, width: 10, autocomplete: 'off' };
}

/** A last day for something, which need not be decided. */
function lastDay(field: Field): Detail<Date | null> {
  const { name } = field;
  return {
    fields: [dayField({ ...field, optional: '(frivilligt)' })],
    read: (form) => (form[name] ? endOf(answer(form, name)) : null),
    show: (value) => ({ [name]: value ? lastDayBefore(value) : '' }),
    copy: 'moved',
  };
}

function endsLater(end: string, { req }: Meta): true {
  const { date, start } = req.body;
  const [from, to] = [stockholmInstant(date, start), stockholmInstant(date, end)];
  if (from && to && to <= from)
    throw new Error('Evenemanget måste sluta efter att det börjar. Skriv en senare tid, till exempel 12.00');
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
