import { body } from 'express-validator';
import { line, optionsOf, required } from '../../base/form/fields.ts';
import { formattingHelp } from '../../texts/formatting.ts';
import { type Factor, factorNames, factors, type Kind, kindNames, kinds } from '../event.ts';
import { answer, type Detail, linesOf, onlyKnown, text, ticked } from './detail.ts';

const kind: Detail<Kind> = {
  fields: [
    {
      name: 'kind',
      label: 'Typ av evenemang',
      options: optionsOf(kinds, kindNames),
      rule: (name) => body(name).isIn(kinds).withMessage('Välj vad det är, till exempel Boostdag'),
    },
  ],
  read: (form) => kinds.find((one) => one === form.kind) ?? 'annat',
  show: (value) => ({ kind: value }),
  copy: 'kept',
};

const factorsOfEvent: Detail<Factor[]> = {
  fields: [
    {
      name: 'factors',
      label: 'Skyddsfaktorer',
      optional: '(frivilligt)',
      options: optionsOf(factors, factorNames),
      several: true,
      rule: (name) => onlyKnown(name, factors).withMessage('Välj bland de tre skyddsfaktorerna'),
    },
  ],
  read: (form) => ticked(form, 'factors', factors),
  show: (value) => ({ factors: value }),
  copy: 'kept',
};

const highlights: Detail<string[]> = {
  fields: [
    {
      name: 'highlights',
      label: 'Du får lyssna till',
      help: 'En sak på varje rad.',
      optional: '(frivilligt)',
      lines: 4,
      rule: (name) => line(name, 'Det man får lyssna till', 2000, true),
    },
  ],
  read: (form) => linesOf(answer(form, 'highlights')),
  show: (value) => ({ highlights: value.join('\n') }),
  copy: 'kept',
};

/** What the event is, and for whom. */
export const what = {
  title: text({
    name: 'title',
    label: 'Rubrik',
    help: 'Gärna högst 70 tecken.',
    attributes: { maxlength: 120 },
    rule: (name) => required(name, 'Rubriken', 120, 'Skriv en rubrik, till exempel Skolan som skydd'),
  }),
  kind,
  factors: factorsOfEvent,
  summary: text({
    name: 'summary',
    label: 'Inbjudan',
    help: `Vad handlar det om, och varför ska man komma? Två meningar räcker. ${formattingHelp}`,
    lines: 4,
    rule: (name) => line(name, 'Inbjudan', 1000, true),
  }),
  audience: text({
    name: 'audience',
    label: 'Vem kan delta?',
    help: 'Till exempel: Du som är förtroendevald, chef eller tjänsteperson i en kommun.',
    lines: 2,
    rule: (name) => line(name, 'Vem som kan delta', 500, true),
  }),
  highlights,
};
