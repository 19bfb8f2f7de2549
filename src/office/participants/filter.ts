import type { Request } from 'express';
import type { Municipality } from '../../authorities/authority.ts';
import { roles } from '../../authorities/roles.ts';
import { type Event, modes } from '../../events/event.ts';
import { offeredModes } from '../../events/rules.ts';
import { type BurstGroup, groupsAt, membersOf } from '../../registrations/bursts/groups.ts';
import type { ParticipantFilter } from '../../registrations/participants/participants.ts';
import { type QuestionName, questions } from '../../registrations/questions.ts';
import { people } from '../../texts/grammar.ts';
import { spanOf } from '../parts/bursts.ts';
import { asked, askedOneOf } from '../parts/query-string.ts';

/** The filter of a list: as its address says it, and as the database reads it. */
type AskedFilter = { answers: Record<string, string | undefined>; filter: ParticipantFilter };

/** Those who are registered, unless the address says otherwise; an empty `status` is everybody. */
export async function filterIn(req: Request, event: Event): Promise<AskedFilter> {
  const status = askedOneOf(req, 'status', ['confirmed', 'waiting', 'cancelled'] as const);
  const group = asked(req, 'group');
  const exact = {
    q: asked(req, 'q'),
    municipality: asked(req, 'municipality'),
    role: askedOneOf(req, 'role', roles),
    mode: askedOneOf(req, 'mode', modes),
    status: req.query.status === undefined ? ('confirmed' as const) : status,
  };
  const among = group ? await membersOf(event._id, group) : undefined;
  return { answers: { ...exact, group, status: exact.status ?? '' }, filter: { ...exact, among } };
}

/** The questions whose answers narrow the list; the mode only if there are two. */
const filters: QuestionName[] = ['municipality', 'role', 'mode'];

/** What the form of the filter asks. */
export async function filterChoices(event: Event, municipalities: Municipality[]) {
  const bothModes = offeredModes(event).length > 1;
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
    ...(await groupChoice(event)),
  ];
}

/** Those who were signed up together, for some days. */
async function groupChoice({ _id }: Event) {
  const groups = await groupsAt(_id);
  const options = groups.map((group) => ({ value: group.key, label: groupName(group) }));
  return options.length > 0 ? [{ name: 'group', label: 'Anmälda ihop', prompt: 'Alla', options }] : [];
}

function groupName({ people: number, isNetwork, ...span }: BurstGroup): string {
  return `${people(number)} ${isNetwork ? 'från samma nätverk' : 'på kort tid'}, ${spanOf(span)}`;
}
