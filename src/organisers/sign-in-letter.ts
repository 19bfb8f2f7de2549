import { Types } from 'mongoose';
import type { Authority } from '../authorities/authority.ts';
import type { Context } from '../base/context.ts';
import { paths } from '../base/paths.ts';
import { type Content, type Message, messageIdOf, toBytes } from '../outbox/message.ts';
import { firstState, owe } from '../outbox/outbox.ts';
import { listed } from '../texts/grammar.ts';
import type { Organiser } from './organiser.ts';

/** `elsewhere`: the other county boards that the same address plans for. */
type SignInLetter = {
  organiser: Organiser;
  authority: Authority | null;
  elsewhere: string[];
  url: string;
  minutes: number;
};

/** Letters leave in the order in which they are due: nobody waits for a link behind a rush of sign-ups. */
const headStart = 3600_000;

/**
 * Owes the letter with a one-time link. It is written at once, since the link's secret part is stored nowhere else, and
 * it stands in no list of letters.
 */
export async function oweSignInLetter(context: Context, about: SignInLetter): Promise<void> {
  const { organiser, authority } = about;
  const _id = new Types.ObjectId();
  const letter = {
    _id,
    key: `${_id}.inloggning`,
    from: { name: authority?.name ?? '', address: context.settings.mailFrom },
    to: { name: organiser.name, address: organiser.email },
    language: 'sv' as const,
    createdAt: context.now,
  };
  const raw = await toBytes(letter, messageOf(context, about));
  const row = {
    ...letter,
    kind: 'sign-in',
    authority: organiser.authority,
    state: firstState(context, organiser),
    dueAt: new Date(+context.now - headStart),
    listed: false,
    facts: {},
    raw,
    messageId: messageIdOf(letter.key, letter.from.address),
  };
  await owe([row]);
}

function messageOf(
  context: Context,
  { organiser, authority, elsewhere, url, minutes }: SignInLetter,
): Message {
  const inviter = context.by.organiser?.name;
  const board = authority?.name ?? 'länsstyrelsen';
  const newLink = context.settings.baseUrl + paths.signIn();
  const asked = minutes < 60;
  const content: Content = {
    sender: authority?.name ?? 'Boostdagar',
    greeting: `Hej ${organiser.name}!`,
    paragraphs: [
      asked
        ? 'Här är länken som du bad om.'
        : `${inviter ?? 'Den som driver Boostdagar'} har bjudit in dig att planera evenemang för ${board}.`,
      ...inSeveral(board, elsewhere),
    ],
    action: {
      label: 'Logga in',
      url,
      note: `Länken gäller i ${asked ? `${minutes} minuter` : `${minutes / 60} timmar`} och går att använda en gång.${asked ? otherBrowser : ''}`,
    },
    closing: [
      `Har länken slutat gälla? Be om en ny: ${newLink}`,
      asked
        ? 'Har du inte bett om att logga in? Då behöver du inte göra något.'
        : 'Känner du inte till det här? Då behöver du inte göra något.',
      board,
    ],
  };
  return {
    subject: asked ? 'Logga in på Boostdagars kontor' : 'Du är inbjuden till Boostdagars kontor',
    content,
  };
}

const otherBrowser =
  ' Öppnar du den i en annan webbläsare än du bad om den i får du skriva din e-postadress.';

/** Somebody who plans for several county boards has a way in to each. */
function inSeveral(board: string, elsewhere: string[]): string[] {
  if (elsewhere.length === 0) return [];
  const names = listed(elsewhere);
  return [
    `Länken loggar in dig för ${board}. Din adress hör också till en organisatör för ${names}. När du ber om att logga in får du en länk för varje länsstyrelse.`,
  ];
}
