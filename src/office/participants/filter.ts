import type { Request } from 'express';
import type { Municipality } from '../../authorities/authority.ts';
import { roles } from '../../authorities/roles.ts';
import { modes } from '../../events/event.ts';
import type { ParticipantFilter } from '../../registrations/participants/participants.ts';
import { type QuestionName, questions } from '../../registrations/questions.ts';
import { asked, askedOneOf } from '../parts/query-string.ts';

/** Those who are registered, unless the address says otherwise; an empty `status` is everybody. */
export function filterOf(req: Request): ParticipantFilter {
  const status = askedOneOf(req, 'status', ['confirmed', 'waiting', 'cancelled'] as const);
  return {
    q: asked(req, 'q'),
    municipality: asked(req, 'municipality'),
    role: askedOneOf(req, 'role', roles),
    mode: askedOneOf(req, 'mode', modes),
    status: req.query.status === undefined ? 'confirmed' : status,
  };
}

/** The same as the query of an address that leads back to the list. */
export function answersOf(filter: ParticipantFilter) {
  return { ...filter, status: filter.status ?? '' };
}

/** The questions whose answers narrow the list; the mode only if there are two. */
const filters: QuestionName[] = ['municipality', 'role', 'mode'];

/** What the form of the filter asks. */
export function filterChoices(municipalities: Municipality[], bothModes: boolean) {
  const offer = { municipalities, modes: [...modes] };
  const asked = questions.filter(({ name }) => filters.includes(name) && (name !== 'mode' || bothModes));
  return [
    ...asked.map(({ name, office, choices }) => ({
      ...{ name, label: office, prompt: 'Alla' },
      options: choices?.(offer) ?? [],
    })),
    {
      name: 'status',
      label: 'Läge',
      options: [
        { value: 'confirmed', label: 'Anmälda' },
        { value: 'waiting', label: 'På väntelistan' },
        { value: 'cancelled', label: 'Avbokade' },
        { value: '', label: 'Alla' },
      ],
    },
  ];
}
