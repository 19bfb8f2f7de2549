import type { Authority } from '../../authorities/authority.ts';
import { shownAddress } from '../../base/form/addresses.ts';
import { paths } from '../../base/paths.ts';
import type { Settings } from '../../base/settings.ts';
import type { Event } from '../../events/event.ts';
import { isFree, offeredModes, signUpEnd, venueOf } from '../../events/rules.ts';
import { type Draft, subjectOf } from '../../outbox/message.ts';
import { datesIn } from '../../texts/dates.ts';
import { plainParagraphs } from '../../texts/formatting.ts';
import { textsIn } from '../../texts/texts.ts';

const t = textsIn('sv');
const dates = datesIn('sv');

/** An invitation to an event, for organisers who send it from their own mail program to people whom the application does not know. */
export function invitationDraft(event: Event, authority: Authority, { baseUrl }: Settings): Draft {
  const { title, start, end, summary, highlights, audience } = event;
  const contact = [event.contactName, shownAddress(event.contactEmail), event.contactPhone];
  const listed = highlights.map((highlight) => `– ${highlight}`).join('\n');
  return {
    subject: subjectOf((cut) => `Inbjudan: ${cut}, ${dates.plainDay(start)}`, title),
    language: 'sv',
    content: {
      sender: authority.name,
      greeting: 'Hej!',
      paragraphs: [
        title,
        ...plainParagraphs(summary),
        listed && `${t('evenemang.lyssna')}:\n${listed}`,
        ...plainParagraphs(audience),
      ].filter(Boolean),
      facts: [
        { label: t('evenemang.nar'), value: dates.when(start, end) },
        { label: t('evenemang.var'), value: whereOf(event) },
        {
          label: t('evenemang.kostnad'),
          value: isFree(event) ? t('evenemang.kostnad.fri') : event.cost,
        },
        { label: t('evenemang.sista'), value: dates.lastMoment(signUpEnd(event)) },
        { label: t('mejl.fragor'), value: contact.filter(Boolean).join(', ') },
      ],
      action: { label: 'Läs mer och anmäl dig', url: baseUrl + paths.event(event.slug) },
      closing: [t('mejl.valkommen'), [authority.unit, authority.name].filter(Boolean).join('\n')],
    },
  };
}

function whereOf(event: Event): string {
  const modes = offeredModes(event);
  if (!modes.includes('plats')) return t('falt.deltagande.digitalt');
  return modes.includes('digitalt') ? t('evenemang.var.hybrid', { plats: venueOf(event) }) : venueOf(event);
}
