import type { DateFormats } from './date-formats.ts';
import type { TextKey } from './sv.ts';

export const name = 'engelska';

/** "11 February 2027", "9:00–12:00". */
export const dates: DateFormats = {
  locale: 'en-GB',
  day: 'd MMMM yyyy',
  clock: 'H:mm',
  tableClock: 'HH:mm',
  beforeSpan: '',
  beforeClock: 'at',
};

export const texts = {
  'gemensamt.hoppa': 'Skip to content',
  'gemensamt.meny': 'Main menu',
  'gemensamt.spraklank': 'In English',
  'gemensamt.kontakt.rubrik': 'Contact',
  'gemensamt.sidfot.tillganglighet': 'Accessibility statement',
  'gemensamt.sidfot.personuppgifter': 'How we process your personal data',
  'gemensamt.sidfot.kakor': 'Cookies',
  'gemensamt.sidfot.om': 'About this site',
  'gemensamt.sidfot.orgnr': 'Registration number {nummer}',
  'gemensamt.evenemang': 'Events',
  'gemensamt.allaEvenemang': 'All events',
  'gemensamt.exempel': 'This is an example. The people are invented and the event does not exist.',
  'gemensamt.exempel.lista': 'This is an example. The people are invented and the events do not exist.',
  'gemensamt.svenska': 'The texts about the event are in Swedish.',
  'gemensamt.externlank': 'link to another website',
  'lista.rubrik': 'Upcoming events',
  'lista.titel': 'Knowledge and good examples for you who work with the living conditions of children',
  'lista.tidigare': 'Earlier events',
  'lista.tom':
    'There are no upcoming events right now. Please come back later, or subscribe to the calendar.',
  'lista.folj.rubrik': 'Subscribe to the calendar',
  'lista.folj.text': 'The events will then be in your own calendar, and new ones will appear by themselves.',
  'lista.folj.urval': 'The subscription covers what you have chosen to show here.',
  'lista.folj.oppna': 'Open in your calendar program',
  'lista.folj.adress': 'Or copy the address, for example for Google Calendar and Outlook on the web:',
  'lista.folj.slapar':
    'Changes do not show at once. It can take a few hours in Outlook and 8–24 hours in Google Calendar. If you are registered we always email you when the time or place changes.',
  'lista.folj.anmald':
    'If you are registered you need not subscribe. The invitation in your confirmation puts the event in your calendar, and with a subscription it would be there twice.',
  'kalender.installt': 'Cancelled: {titel}',
  'lista.ingaTraffar': 'No events match what you chose.',
  'lista.visaAlla': 'Show all events',
  'lista.senast': 'Register by {dag}',
  'lista.senast.ko': 'Join the waiting list by {dag}',
  'lista.oppnar': 'Registration opens on {dag}',
  'lista.filter.rubrik': 'Show events',
  'lista.filter.lan': 'County',
  'lista.filter.typ': 'Type',
  'lista.filter.ar': 'Year',
  'lista.filter.alla': 'All',
  'lista.filter.visa': 'Show',
  'lista.antal': '{antal, plural, =0 {No matches} one {1 event} other {# events}}',
  'lista.sidor': 'Pages of the list',
  'lista.sida': 'Page {nummer}',
  'lista.foregaende': 'Previous page',
  'lista.nasta': 'Next page',
  'lista.slut': 'There are no more events in the list.',
  'lage.draft': 'Draft',
  'lage.upcoming': 'Upcoming',
  'lage.open': 'Open',
  'lage.full': 'Full',
  'lage.full.plats': 'Full on site',
  'lage.full.digitalt': 'Full online',
  'lage.vantelista': '{lage}, waiting list',
  'lage.kvar.plats': 'Seats left on site',
  'lage.kvar.digitalt': 'Seats left online',
  'lage.closed': 'Closed',
  'lage.cancelled': 'Cancelled',
  'lage.past': 'Completed',
  'lage.flyttat': 'New time',
  'evenemang.nar': 'When',
  'evenemang.var': 'Where',
  'evenemang.var.digitalt': 'Online. {lank}',
  'evenemang.var.hybrid': '{plats}, or online',
  'evenemang.kostnad': 'Cost',
  'evenemang.kostnad.fri': 'Free of charge',
  'evenemang.sista': 'Last day to register',
  'evenemang.platser': 'Seats',
  'evenemang.ikorthet': 'In short',
  'evenemang.lyssna': 'On the programme',
  'evenemang.malgrupp': 'Who can attend',
  'evenemang.program': 'Programme',
  'evenemang.tillganglighet': 'Accessibility',
  'evenemang.arrangor': 'Organiser',
  'evenemang.kalenderfil': 'Save the day in your calendar without registering',
  'evenemang.kalenderfil.hjalp':
    'If you register you get an invitation by email instead. It follows if the day moves, but the file (ics) does not.',
  'evenemang.platserkvar': '{antal, plural, =0 {All seats are taken} one {1 seat left} other {# seats left}}',
  'evenemang.platserkvar.satt': '{satt}: {antal, plural, =0 {full} one {1 seat left} other {# seats left}}',
  'evenemang.ko': 'Waiting list',
  'evenemang.ko.antal':
    '{antal, plural, =0 {Nobody is waiting yet} one {1 person is waiting} other {# people are waiting}}',
  'evenemang.ko.antal.satt':
    '{satt}: {antal, plural, =0 {nobody is waiting yet} one {1 waiting} other {# waiting}}',
  'evenemang.ko.slut': 'Closes on {slut}',
  'evenemang.installt.rubrik': 'The event is cancelled',
  'evenemang.flyttat': 'The event has been moved to {nar}. Where: {var}. The old time was {gammal}.',
  'evenemang.genomfort': 'The event has taken place.',
  'evenemang.genomfort.dokumentation': 'The event has taken place. You can find documentation here.',
  'evenemang.dokumentation': 'Documentation',
  'sista.oppen': 'The last day to register is {datum} at {tid}.',
  'sista.kort': '{datum} at {tid}',
  'sista.snart': 'Registration closes today at {tid}.',
  'sista.inteoppnad': 'Registration opens on {datum}.',
  'sista.stangd': 'Registration is closed. The last day to register was {datum} at {tid}.',
  'sista.stangdSomIdag':
    'It is no longer possible to register. The last day to register was {datum} at {tid}.',
  'sista.stangdKontakt': 'Do you have questions about the event? Contact {namn}, {epost}.',
  'sista.underIfyllning':
    'Registration closed at {tid} while you were filling in the form, so we could not accept your registration.',
  'anmalan.rubrik': 'Register',
  'anmalan.stangd.rubrik': 'Registration',
  'anmalan.sedan': 'You can change your details until {andra} and cancel until {avboka}.',
  'anmalan.sedan.start': 'You can change your details until {andra} and cancel until the event starts.',
  'anmalan.alla': 'Answer every question.',
  'anmalan.fullt': 'All seats are taken.',
  'anmalan.fullt.utanko': 'All seats are taken, and the waiting list is closed.',
  'anmalan.fullt.plats': 'The event is full on site.',
  'anmalan.fullt.digitalt': 'The event is full online.',
  'anmalan.falla': 'Leave empty',
  'anmalan.annatsatt':
    "Can't use the form? {har, select, telefon {Call or email} other {Email}} {namn} and we will register you.",
  'anmalan.skyddad':
    'If your personal data is protected, do not register here. {har, select, telefon {Call {telefon} instead.} other {Ask {namn} to call you instead, and write nothing about yourself in the email but a telephone number.}}',
  'anmalan.skicka': 'Send registration',
  'anmalan.ko': 'Join the waiting list',
  'anmalan.ko.text': 'From the waiting list you get a seat when one becomes free and it is your turn.',
  'anmalan.kollega': 'Register a colleague too',
  'kollegor.rubrik': 'Register yourself and your colleagues',
  'kollegor.bara.rubrik': 'Register your colleagues',
  'kollegor.text':
    'Organisation and municipality are the same for everybody in the form. Every colleague gets an email of their own, which says that you registered them.',
  'kollegor.kollega': 'Colleague {nummer}',
  'kollegor.taBort': 'Remove',
  'kollegor.bara': 'I only register others and do not come myself',
  'kollegor.bara.hjalp': 'Then you need not answer what your role is and how you will attend.',
  'kollegor.bara.epost': 'We will send the list of those you register there.',
  'kollegor.brist':
    '{antal, plural, one {1 person in the form wants} other {# people in the form want}} to attend {satt, select, plats {on site} other {online}}, but {kvar, plural, =0 {those seats are taken} one {there is 1 seat left} other {there are # seats left}}.',
  'kollegor.brist.ko':
    'If you send the form again {kvar, plural, =0 {{antal, plural, one {that person joins} other {all # join}} the waiting list} one {the first one gets a seat, and {rest, plural, one {the other one joins} other {the other # join}} the waiting list} other {the first # get a seat, and {rest, plural, one {the last one joins} other {the other # join}} the waiting list}}.',
  'kollegor.andra': 'You can also change how somebody attends, or remove somebody.',
  'kollegor.andra.taBort': 'You can also remove somebody.',
  'kollegor.stangd': 'Change how somebody attends, or remove somebody, and send the form again.',
  'kollegor.stangd.taBort': 'Remove somebody and send the form again.',
  'falt.fornamn': 'First name',
  'falt.efternamn': 'Last name',
  'falt.epost': 'Email address',
  'falt.epost.hjalp':
    'Enter a valid email address. We will send the confirmation and any meeting link there.',
  'falt.epost.hjalp.ko': 'Enter a valid email address. We will email you there if you get a seat.',
  'falt.kommun': 'Municipality',
  'falt.kommun.valj': 'Choose from the list',
  'falt.kommun.annan': 'Other (I do not represent a municipality in the county)',
  'falt.organisation': 'Organisation',
  'falt.roll': 'What is your role?',
  'falt.roll.fortroendevald': 'Elected representative',
  'falt.roll.chef': 'Manager',
  'falt.roll.strategisk': 'Strategic official',
  'falt.roll.tjansteperson': 'Official',
  'falt.roll.annan': 'Other role',
  'falt.roll.kort': 'Role',
  'falt.deltagande': 'How will you attend?',
  'falt.deltagande.plats': 'On site',
  'falt.deltagande.digitalt': 'Online',
  'falt.deltagande.lank':
    '{lank, select, kommer {We will email you the link before the event.} bekraftelse {The link is in the confirmation.} other {The link is in an email from us and on this page.}}',
  'falt.deltagande.ko': '{satt}, waiting list ({antal, plural, =0 {nobody before you} other {# before you}})',
  'falt.deltagande.ko.hjalp':
    'All seats are taken. You get a seat when one becomes free and it is your turn.',
  'falt.deltagande.ko.bada':
    'Choose one or both. If you choose both you get the seat that becomes free first, and then leave the other waiting list.',
  'falt.deltagande.ko.min': '{satt}, you are number {nummer} on the waiting list',
  'falt.deltagande.ko.ledig':
    'There are seats left here. If you choose this way you get a seat at once and leave the waiting list.',
  'falt.deltagande.kort': 'Attends',
  'falt.deltagande.vill': 'Wants to attend',
  'falt.deltagande.ville': 'Wanted to attend',
  'falt.ja': 'Yes',
  'falt.nej': 'No',
  'fel.titelprefix': 'Error: ',
  'fel.sammanfattning':
    '{antal, plural, one {There is 1 error in the form} other {There are # errors in the form}}',
  'fel.fornamn': 'Enter your first name, for example Åsa. If you have only one name, enter it in both fields',
  'fel.efternamn':
    'Enter your last name, for example Öberg. If you have only one name, enter it in both fields',
  'fel.namn.tecken': 'A name cannot contain “{tecken}”. Write it without that character',
  'fel.namn.punkt': 'Write a space after the full stop in the name, for example A. K. Berg',
  'fel.epost.saknas': 'Enter your email address, for example name@example.se',
  'fel.epost.format': 'Enter an email address with @ and a dot, for example name@example.se',
  'fel.epost.flera': 'Enter one address. There are several here',
  'fel.epost.bokstaver':
    'Write the address without å, ä, ö and other such letters before the @, for example asa.oberg@example.se',
  'fel.epost.nummer':
    'Enter an address with a domain name after the @ instead of an IP number, for example name@example.se',
  'fel.epost.annat': 'Check the address. There is a character in it that cannot be there, or it is too long',
  'fel.kommun': 'Choose a municipality, or Other',
  'fel.organisation': 'Enter the organisation you represent, for example Motala kommun',
  'fel.roll': 'Choose your role',
  'fel.deltagande': 'Choose whether you attend on site or online',
  'fel.deltagande.baraPlats': 'You cannot attend this event online. Choose On site',
  'fel.deltagande.baraDigitalt': 'You cannot attend this event on site. Choose Online',
  'fel.enrad': 'Write the answer on one single line, without line breaks, for example Motala kommun',
  'fel.forlangt': 'The answer can be at most {max} characters. You have written {antal}.',
  'fel.webbadress': 'Write the answer without a web address.',
  'fel.personnummer': 'This looks like a personal identity number. Please remove it, we do not need it.',
  'fel.personnummer.fraga':
    'This looks like a personal identity number. Please remove it, we do not need it. If it is something else, tick the box.',
  'falt.ingetPersonnummer': 'It is not a personal identity number',
  'fel.fullt':
    'The on-site seats ran out while you filled in the form. Would you like to attend online instead? We have chosen Online for you, so just send the registration again.',
  'fel.fulltDigitalt':
    'The online seats ran out while you filled in the form. Would you like to attend on site instead? We have chosen On site for you, so just send the registration again.',
  'fel.fullt.valj.plats':
    'The on-site seats ran out while you filled in the form. Choose online or the waiting list',
  'fel.fullt.valj.digitalt':
    'The online seats ran out while you filled in the form. Choose on site or the waiting list',
  'fel.fullt.byte':
    'There are no seats left for the way you chose. You still have your seat. Choose for example the way you had',
  'fel.platsMedan.plats':
    'You are no longer on the waiting list. You are registered and attend on site. Check your answers and save again',
  'fel.platsMedan.digitalt':
    'You are no longer on the waiting list. You are registered and attend online. Check your answers and save again',
  'fel.fullt.ko': 'The waiting list is closed for the way you chose. Choose what you are waiting for',
  'fel.manga':
    'Many people are registering from the same network as you. Wait {minuter, plural, one {a minute} other {# minutes}} and then send again. What you have written is still here.',
  'fel.kollega': 'Colleague {nummer}: {fel}',
  'fel.kollega.fornamn':
    'Enter a first name, for example Åsa. Anyone with only one name gets it in both fields',
  'fel.kollega.efternamn':
    'Enter a last name, for example Öberg. Anyone with only one name gets it in both fields',
  'fel.kollega.epost': 'Enter an email address, for example name@example.se',
  'fel.kollega.roll': 'Choose a role',
  'fel.kollega.deltagande': 'Choose on site or online',
  'fel.kollega.samma': 'The address is in the form already. Enter the email address of this colleague',
  'fel.kollega.flest': 'You can register at most {antal} colleagues at once. Remove somebody',
  'nej.closed.rubrik': 'Registration has closed',
  'nej.upcoming.rubrik': 'Registration has not opened',
  'nej.full.rubrik': 'All seats are taken',
  'nej.full.text':
    'The seats ran out while you were filling in the form, so we could not accept your registration.',
  'nej.full.koStangd':
    'The waiting list closed while you were filling in the form, so we could not accept your registration.',
  'nej.full.ko':
    'The seats ran out while you were filling in the form. You are not registered yet, but you can join the waiting list. What you wrote is still here.',
  'nej.cancelled.rubrik': 'The event is cancelled',
  'nej.cancelled.text': 'We therefore could not accept your registration.',
  'nej.past.rubrik': 'The event has taken place',
  'nej.past.text': 'It is no longer possible to register.',
  'nej.duSkrev': 'What you wrote',
  'nej.tillEvenemanget': 'Go to the event page',
  'klart.rubrik': 'Thank you, you are registered',
  'klart.text': 'We are emailing a confirmation to the address you gave.',
  'klart.nu': 'What happens now?',
  'klart.steg.bekraftelse':
    'You will get a confirmation with the calendar invitation. Check your junk mail if it has not arrived within 15 minutes.',
  'klart.steg.kalender': 'Outlook may show the invitation as tentative until you respond.',
  'klart.steg.lank': 'The email also has a personal link. Use it to change or cancel your registration.',
  'klart.steg.digitalt': 'Do you attend online? {lank}',
  'klart.vantelista.rubrik': 'Thank you, you are on the waiting list',
  'klart.vantelista.text': 'We are emailing the address you gave. You do not need to do anything now.',
  'klart.vantelista.nummer':
    'The email says which number you have in the queue. Check your junk mail if it has not arrived within 15 minutes.',
  'klart.vantelista.sedan':
    'You get a seat when one becomes free and it is your turn. You are then registered, and we email you the calendar invitation.',
  'klart.vantelista.lank':
    'The email also has a personal link. Use it to see your place in the queue, change your details or leave the waiting list.',
  'klart.kollegor.rubrik': 'Thank you, the registration is done',
  'klart.kollegor.text': 'Everybody gets an email of their own, and you get a list.',
  'klart.kollegor.mejl':
    'The email says whether one has a seat or is on the waiting list. Those who have a seat also get a calendar invitation.',
  'klart.kollegor.lank':
    'The email also has a personal link. With it everybody changes or cancels their own registration.',
  'klart.kollegor.lista':
    'The list of those you registered comes to the email address you gave. Check your junk mail if it has not arrived within 15 minutes.',
  'klart.kollegor.digitalt':
    '{lank, select, kommer {Those who attend online get the link by email before the event.} other {Those who attend online have the link in their confirmation.}}',
  'min.rubrik': 'Your registration',
  'min.lage.confirmed': 'Registered',
  'min.lage.waiting': 'On the waiting list',
  'min.lage.cancelled': 'Cancelled',
  'min.lage.lamnat': 'No longer on the waiting list',
  'min.lista.rubrik': 'Your registration of colleagues',
  'min.lista.anmalda': 'You have registered',
  'min.lista.sparat':
    'About you we keep your name and email address, so that those you have registered know who did it, and the emails that we have sent you.',
  'min.gammal':
    'The event was more than 30 days ago. You can see your details here for as long as we have them, but not change anything.',
  'min.uppgifter': 'Your details',
  'min.pagar': 'The event has started. It is no longer possible to change or cancel.',
  'min.intenu': 'You can change your details here then.',
  'min.stangd':
    'Registration has closed. You can no longer change your details, but you can cancel until the event starts.',
  'min.arAvbokad': 'Your registration is cancelled.',
  'min.ko.rubrik': 'Your place in the queue',
  'min.ko.ingen': 'The waiting list is closed, and sadly there was no seat for you.',
  'min.ko.stangd':
    'Registration has closed. You can no longer change your details, but you can leave the waiting list.',
  'min.ko.lamnat': 'You have left the waiting list.',
  'min.ko.lamnat.klart': 'You have left the waiting list. We are sending a confirmation by email.',
  'min.igen': 'Register again',
  'min.igen.text': 'Have you changed your mind? There are seats left.',
  'min.igen.ko':
    'Would you still like to attend? Join the waiting list and you get a seat when one becomes free and it is your turn.',
  'min.igen.fullt': 'All seats are taken, so you cannot register again right now.',
  'min.igen.annatsatt': 'Would you like to attend the other way? Then register on the page of the event.',
  'min.igen.gjort':
    'This registration no longer counts, since you have registered again. The link to the new registration is in the email that you got then.',
  'min.andra': 'Change your details',
  'min.andra.senast': 'You can make changes until {datum} at {tid}.',
  'min.andra.stangd':
    'It is no longer possible to change your details. The last day was {datum}, until {tid}.',
  'min.avboka.senast': 'You can cancel until {datum} at {tid}.',
  'min.avboka.stangd':
    'It is no longer possible to cancel here. The last day was {datum}, until {tid}. Unable to come? Contact {namn}, {epost}.',
  'min.andrat': 'Your details have been changed.',
  'min.andrat.aven': 'Meanwhile somebody else has changed: {falt}. Both changes are saved.',
  'min.krock.rubrik': 'Somebody else has made changes meanwhile',
  'min.krock.text': 'Nothing that you wrote is saved yet. Choose what to keep.',
  'min.krock.vad': 'Detail',
  'min.krock.nu': 'Now',
  'min.krock.du': 'You wrote',
  'min.krock.tomt': 'empty',
  'min.krock.spara': 'Save what I wrote',
  'min.krock.behall': 'Keep what is there now',
  'min.spara': 'Save the changes',
  'min.avboka': 'Cancel your place',
  'min.avboka.rubrik': "Can't you come?",
  'min.avboka.text':
    'Cancel as soon as you know, so that someone else can have the place. You can register again if there are seats left.',
  'min.avboka.sent':
    'Cancel so that we know how many are coming. Registration has closed, so you cannot register again.',
  'min.avboka.fraga': 'Do you want to cancel your place at “{titel}”?',
  'min.avboka.hjalp':
    '{plats, select, ko {Your seat goes to the first person on the waiting list.} ledig {Someone else can then have your seat.} other {Then we know how many are coming.}}',
  'min.avboka.igen': 'You can register again if there are seats left.',
  'min.avboka.inteIgen': 'Registration has closed, so you cannot register again.',
  'min.avboka.ja': 'Yes, cancel',
  'min.avboka.nej': 'No, keep my place',
  'min.lamna': 'Leave the waiting list',
  'min.lamna.rubrik': 'Do you no longer want to wait?',
  'min.lamna.hjalp':
    'Leave the waiting list if you cannot attend, so that the seat goes to somebody who can. You can join the list again, but then at the end.',
  'min.lamna.sent':
    'Leave the waiting list if you cannot attend, so that the seat goes to somebody who can. Registration has closed, so you cannot join the list again.',
  'min.lamna.fraga': 'Do you want to leave the waiting list for “{titel}”?',
  'min.lamna.ja': 'Yes, leave the list',
  'min.lamna.nej': 'No, stay on the list',
  'min.nej.rubrik': 'Your calendar has answered no',
  'min.nej.rubrik.annan': 'A calendar has answered no to the invitation',
  'min.nej.text':
    'You keep your seat until you cancel. If you are not coming, cancel so that somebody else can have it.',
  'min.nej.kommer': 'I am coming',
  'min.kvar':
    'You are still registered. If your calendar removed the event, get your invitation again on this page.',
  'min.kalenderfil': 'Download your calendar invitation (ics file)',
  'min.avbokad': 'Your registration is cancelled. We are sending a confirmation by email.',
  'min.paminnelser.rubrik': 'Reminders by email',
  'min.paminnelser.fraga': 'Do you want no more reminders about “{titel}”?',
  'min.paminnelser.text':
    'You will get no reminders before the event and no emails after it. We still email you if something changes or is cancelled, and you are still registered.',
  'min.paminnelser.text.slut':
    'We still email you if something changes or is cancelled. You are still registered.',
  'min.paminnelser.ja': 'Yes, no reminders',
  'min.paminnelser.nej': 'No, keep reminding me',
  'min.paminnelser.slut': 'You will get no reminders',
  'min.paminnelser.igen': 'Undo, I want reminders',
  'min.paminnelser.gjort': 'You will get reminders again.',
  'min.paminnelser.valj': 'Stop reminders',
  'min.paminnelser.valjIgen': 'Get reminders again',
  'min.utdrag': 'Download all data we hold about you in this registration (JSON)',
  'min.lankOgiltig': 'The link is no longer valid. Enter your email address and we will send a new one.',
  'min.lank.okand.rubrik': 'The link does not work',
  'min.nyLank.redan': 'Already registered? Get the link to your registration',
  'min.nyLank.rubrik': 'Get the link again',
  'min.nyLank.text':
    'Have you lost the link to your registration? Enter your email address and we will send a new one.',
  'min.nyLank.skicka': 'Send a new link',
  'min.nyLankSvar':
    'If there is a registration with that address you will soon get an email with a new link.',
  'kod.rubrik': 'Show your code at the entrance',
  'kod.bild': 'Your code at the entrance',
  'kod.text':
    'The person who receives you reads the code with a phone. The code is yours alone. If it does not work, just give your name.',
  'kod.tillbaka': 'To your registration',

  'delta.rubrik': 'Attend online',
  'delta.oppen':
    'Go in as registered to be counted as present. If you do not want to be counted, go in without being marked.',
  'delta.anmald': 'Go in as registered',
  'delta.utan': 'Go in without being marked',
  'delta.klart': 'You are marked as present.',
  'delta.motet': 'To the meeting',
  'delta.tidigt': 'The meeting opens here on {oppnar}. Reload the page then.',
  'delta.slut': 'The event is over, and the meeting is closed.',
  'delta.ingenLank':
    'The link to the meeting has not been filled in yet. Reload the page in a while, or contact the organiser.',
  'delta.ingenPlats':
    'The link belongs to a registration that is no longer valid, so it does not lead to the meeting.',
  'delta.min': 'Attend online',
  'delta.min.plats': 'Unable to come to the venue? Attend online instead',
  'mejl.bekraftelse.amne': 'Confirmation: “{titel}”, {datum}',
  'mejl.redan.amne': 'You are already registered: “{titel}”, {datum}',
  'mejl.andrat.amne': 'Changed: “{titel}”, {datum}',
  'mejl.andrat.tid.amne': 'New time: “{titel}”, {datum}',
  'mejl.andrat.plats.amne': 'New place: “{titel}”, {datum}',
  'mejl.andrat.tidplats.amne': 'New time and place: “{titel}”, {datum}',
  'mejl.andrat.digitaltnu.amne': 'You attend online: “{titel}”, {datum}',
  'mejl.andrat.platsnu.amne': 'You attend on site: “{titel}”, {datum}',
  'mejl.installt.amne': 'Cancelled: “{titel}”, {datum}',
  'mejl.avbokad.amne': 'Your place is cancelled: “{titel}”, {datum}',
  'kakor.text':
    'If you read or register you get no cookies at all. Organisers who log in get two: {namn}, which keeps them logged in, and {marke}, which shows which browser asked to log in. The service needs them in order to work, so we do not ask for consent.',
  'kakor.tid':
    'The cookie {namn} disappears at log-out, and otherwise seven days after the latest visit. A log-in lasts two hours after the latest visit, and twelve at most. The cookie {marke} disappears after half an hour. Anyone who marks attendance at the entrance also has the list kept in the browser until midnight, so that it works without a network.',
  'dataskydd.kort':
    '{myndighet} uses your data to run the event. The legal basis is a task carried out in the public interest. What you send in becomes a public document.',
  'dataskydd.lank': 'Read more about how we process your personal data',
  'dataskydd.ansvarig.rubrik': 'Who is responsible for the data?',
  'dataskydd.ansvarig':
    '{myndighet}, registration number {orgnr}, is the controller. You can reach the data protection officer at',
  'dataskydd.ansvarig.flera':
    'Each county administrative board is responsible for the data of those who register for its own events.',
  'dataskydd.andamal.rubrik': 'Which data do we process, and why?',
  'dataskydd.andamal':
    'We process your name, email address, organisation, municipality, role and whether you attend on site or online. We do so to handle the registration, send information about the event, plan the venue, record attendance and produce statistics without names.',
  'dataskydd.kollega':
    'If a colleague registered you we also keep who that was. It is stated in your confirmation.',
  'dataskydd.maste':
    'You must answer every question in the registration to take part. We make no automated decisions about you.',
  'dataskydd.ip':
    'When you register or ask for a new link we count how many people do so from the same network in {under} minutes. We do not keep the IP address, only an encrypted checksum of the network. For this count it is kept for at most {hogst} minutes. If a form cannot be accepted we hold the IP address in memory for five minutes.',
  'dataskydd.natverk':
    'Together with a registration we keep the checksum of the network longer, for {timmar} hours. Then the organiser can see if many made-up registrations come from the same place.',
  'dataskydd.inloggning':
    'When somebody asks to log in as an organiser we count it in the same way, but for 15 minutes, and delete the checksum within 20 minutes. For those who are logged in we keep the kind of browser for seven days, and what they have typed in a form but not had time to save.',
  'dataskydd.medverkande':
    'If you speak at an event, your name, title and organisation are shown on its page.',
  'dataskydd.grund.rubrik': 'Legal basis',
  'dataskydd.grund': 'The legal basis is a task in the public interest (Article 6(1)(e) GDPR).',
  'dataskydd.mottagare.rubrik': 'Who can see the data?',
  'dataskydd.mottagare':
    'Only those who work with the events of the county administrative board see your data. A person who requests public documents may see data that is not confidential.',
  'dataskydd.lagring.rubrik': 'How long do we keep the data?',
  'dataskydd.inkommet':
    'If you answer the invitation in your calendar, or email the address that our emails come from, we keep that. Calendar answers and automatic emails are deleted after 90 days. Other emails are kept like the registration.',
  'dataskydd.lagring':
    'The registration is a public document. No rule has been decided yet on when it may be erased, so it is kept until further notice, also if you cancel. We keep statistics without names.',
  'dataskydd.rattigheter.rubrik': 'Your rights',
  'dataskydd.utdrag':
    'With the link in the confirmation you see, change and cancel your registration and download all the data we hold about you in it. From {dagar} days after the event you can only see and download it, for as long as we have it. If you have only registered others, the link is in the list that you got.',
  'dataskydd.rattigheter':
    'You have the right to access, to have errors corrected and to object. Do you want your data erased? Ask the county board, which decides whether it can be. The right to it is limited, since the registration is a public document. You can complain to the Swedish Authority for Privacy Protection,',
  'tillganglighet.inledning':
    '{myndighet} is responsible for this website. Here we describe how it meets the Act on accessibility of digital public services, which shortcomings we know of and how you can report others.',
  'tillganglighet.tjanst': 'This statement is about the service {tjanst}.',
  'tillganglighet.status.rubrik': 'How accessible is the website?',
  'tillganglighet.brister.rubrik': 'Known shortcomings',
  'tillganglighet.brister': 'We know of no shortcomings.',
  'tillganglighet.undantag':
    'No content is excepted as a disproportionate burden (Section 12 of the Act on accessibility of digital public services). No content is outside the scope of the Act (Section 9).',
  'tillganglighet.metod.rubrik': 'How we have tested',
  'tillganglighet.metod':
    'We have assessed the website ourselves, with automated and manual tests against WCAG 2.2, level AA. The Act requires level AA of WCAG 2.1.',
  'tillganglighet.datum':
    'We last assessed the website on {bedomd} and last updated this statement on {uppdaterad}.',
  'tillganglighet.anmal.rubrik': 'Report a problem',
  'tillganglighet.anmal':
    'Have you found something that does not work for you, or do you need the content in another form? Write to the organiser of the event:',
  'tillganglighet.tillsyn.rubrik': 'Supervision',
  'tillganglighet.status':
    '{status, select, helt {The website is fully compliant with the Act.} delvis {The website is partly compliant with the Act.} other {The website is not compliant with the Act.}}',
  'tillganglighet.tillsyn':
    'The Agency for Digital Government supervises the Act. If you are not satisfied with how we handle your comments you can report it to Digg at',
  'gemensamt.tjanst': 'Boostdagar',
  'lista.ingress':
    'Boost days and knowledge mornings are for elected representatives, managers and officials. Here you find the programmes and register.',
  'form.boostdag': 'Boost day',
  'form.kunskapsformiddag': 'Knowledge morning',
  'form.annat': 'Event',
  'system.404.rubrik': 'Page not found',
  'system.404.text': 'The address may be misspelt or the page removed. Please look among the events instead.',
  'system.500.rubrik': 'Something went wrong',
  'system.500.text': 'Please try again shortly. It is not your fault. Quote {felkod} if you contact us.',
  'system.429.rubrik': 'Please wait',
  'system.429.text': 'You have sent many forms in a short time. Wait {minuter} minutes and try again.',
  'system.full.rubrik': 'Nothing has been saved',
  'system.full.text':
    'The service cannot save anything right now, so what you sent has not been received. Go back in your browser, where what you typed is usually still there. Try again in a while. Is it urgent? Contact the person named on the event page.',
  'system.503.rubrik': 'Many people are here right now',
  'system.503.text': 'What you sent has not been received. Go back, wait half a minute and try again.',
  'system.403.rubrik': 'The form could not be accepted',
  'system.403.text': 'The form was open for too long. Reload the page and send it again.',
  'system.413.rubrik': 'What you sent is too large',
  'system.413.text': 'Please shorten the text and send it again.',
  'system.400.rubrik': 'The address or form cannot be read',
  'system.400.text': 'Go back, reload the page and try again.',
  'mejl.halsning': 'Hello {fornamn},',
  'mejl.bekraftelse.text': 'You are registered for “{titel}”.',
  'mejl.bekraftelse.kalender':
    'The calendar invitation is attached. Outlook may show it as tentative until you respond.',
  'mejl.lank': 'Change or cancel',
  'mejl.lank.andra': 'Change your details',
  'mejl.lank.avboka': 'Cancel',
  'mejl.lank.se': 'See your registration',
  'mejl.lank.visa': 'See, change or cancel your registration',
  'mejl.lank.personlig': 'The link is personal. Do not forward it.',
  'mejl.fragor': 'Questions',
  'mejl.valkommen': 'Welcome!',
  'mejl.dataskydd': 'How we process your personal data',
  'mejl.redan.text':
    'You, or someone else, just entered your email address in the registration for “{titel}”. You are already registered and we have changed nothing.',
  'mejl.nylank.amne': 'Link to your registration: “{titel}”, {datum}',
  'mejl.nylank.text': 'Here is the link to your registration for “{titel}”.',
  'mejl.andrat.text': 'This has changed for “{titel}”:',
  'mejl.andrat.kvar': 'You are still registered. A new calendar invitation is attached.',
  'mejl.installt.text': '“{titel}” on {datum} is cancelled. {orsak}',
  'mejl.installt.avboka': 'You do not need to cancel your registration.',
  'mejl.avbokad.text': 'Your registration for “{titel}” is cancelled. We hope to see you another time.',
  'mejl.nyadress.amne': 'New email address: “{titel}”, {datum}',
  'mejl.nyadress.text':
    'The registration for “{titel}” has been given another email address, and the confirmation goes there. That is why we remove the event from the calendar of this address.',
  'mejl.andrat.tid': 'New time: {nar}. The old time was {gammal}.',
  'mejl.andrat.plats': 'New place: {var}. The old one was {gammal}.',
  'mejl.andrat.lank.forsta': 'The link to the meeting is here. You find it below.',
  'mejl.andrat.lank.ny': 'The meeting has a new link. You find it below, and the old one is no longer valid.',
  'mejl.andrat.lank.bort':
    'The link to the meeting that you have is no longer valid. We will email a new one before the event.',
  'mejl.anmaldav': '{namn} has registered you.',
  'mejl.lista.amne': 'You have registered colleagues: “{titel}”, {datum}',
  'mejl.lista.text': 'You have registered these people for “{titel}”, {nar}:',
  'mejl.lista.lank': 'See whom you have registered',
  'mejl.lista.plats': 'Have a seat:',
  'mejl.lista.ko': 'Are on the waiting list:',
  'mejl.lista.sedan':
    'Each of them gets an email of their own, with a link of their own to their registration.',
  'mejl.igen':
    'Would you like to attend after all? If there is a seat you can register again, no later than {senast}.',
  'mejl.lank.igen': 'Register again',
  'mejl.andraDagar': 'Other events',
  'mejl.paminnelse.nej.amne': 'No more reminders: “{titel}”, {datum}',
  'mejl.vantelista.amne': 'Waiting list: “{titel}”, {datum}',
  'mejl.vantelista.text': '“{titel}” is full. You are on the waiting list.',
  'mejl.ko.plats': 'You are number {nummer} on the waiting list for the on-site seats.',
  'mejl.ko.digitalt': 'You are number {nummer} on the waiting list for the online seats.',
  'mejl.ko.sedan':
    'You get a seat when one becomes free and it is your turn. You are then registered, and we email you. You do not need to do anything now.',
  'mejl.ko.slut': 'The waiting list closes on {slut}. We will then tell you also if there was no seat.',
  'mejl.lank.ko': 'See your place in the queue, change your details or leave the waiting list',
  'mejl.erbjudande.amne': 'You have a seat: “{titel}”, {datum}',
  'mejl.erbjudande.text': 'A seat has become free and you are now registered for “{titel}”.',
  'mejl.erbjudande.avboka':
    'If you cannot come, cancel with the link below so that the next person on the list gets the seat.',
  'mejl.utanplats.amne': 'Moved to the waiting list: “{titel}”, {datum}',
  'mejl.utanplats.text':
    'There are now fewer seats at “{titel}”, and not one for you. We are sorry. You are on the waiting list, and we remove the event from your calendar.',
  'mejl.ingenplats.amne': 'No seat became free: “{titel}”, {datum}',
  'mejl.ingenplats.text':
    'The waiting list for “{titel}” is closed, and sadly there was no seat for you. We hope to see you another time.',
  'mejl.lamnat.amne': 'You have left the waiting list: “{titel}”, {datum}',
  'mejl.lamnat.text': 'You are no longer on the waiting list for “{titel}”. We hope to see you another time.',
  'mejl.redan.ko.amne': 'You are already on the waiting list: “{titel}”, {datum}',
  'mejl.redan.ko.text':
    'You, or someone else, just entered your email address in the registration for “{titel}”. You are already on the waiting list and we have changed nothing.',
  'mejl.andrat.ko': 'You are still on the waiting list.',
  'mejl.installt.ko': 'You do not need to do anything.',
  'mejl.paminnelse.amne': 'Reminder: “{titel}”, {datum}',
  'mejl.paminnelse.text': '“{titel}” is coming up.',
  'mejl.paminnelse.avboka':
    'If you cannot come, cancel with the link below so that someone else can have your place.',
  'mejl.lank.amne': 'Meeting link: “{titel}”, {datum}',
  'mejl.lank.text': 'Here is the link to the meeting. Please join a few minutes before “{titel}” starts.',
  'mejl.lank.anslut': 'Join the meeting',
  'mejl.lank.anmalda': 'The links are for you who are registered. Do not forward them.',
  'mejl.tack.amne': 'Thank you for coming: “{titel}”',
  'mejl.tack.text': 'Thank you for taking part in “{titel}”. We hope that it is useful to you.',
  'mejl.dokumentation': 'Here is the documentation. You also find it on the page of the event: {sida}',
  'mejl.saknad.amne': 'We missed you: “{titel}”',
  'mejl.saknad.text':
    'You were registered for “{titel}” but could not come. We hope to see you another time.',
  'mejl.fraga.amne': 'Are you coming? “{titel}”, {datum}',
  'mejl.fraga.text':
    'A calendar has answered no to the invitation to “{titel}”. We have changed nothing: you still have your seat.',
  'mejl.fraga.svara':
    'If you are not coming, cancel with the link below so that somebody else can have the seat. If you are coming after all, choose “I am coming” on the same page.',
  'mejl.fraga.lank': 'Cancel or keep your place',
  'mejl.fart.amne': 'Unusually many registrations: “{titel}”, {datum}',
  'mejl.fart.text':
    '{antal, plural, one {1 person has} other {# people have}} registered for “{titel}” in a short time, from {fran} to {till}. That is unusually many.',
  'mejl.fart.natverk':
    '{antal, plural, one {1 person has} other {# people have}} registered for “{titel}”, from {fran} to {till}. Unusually many registrations come from their network.',
  'mejl.fart.gor':
    'Perhaps a municipality is registering many people at once, and then you need not do anything. Are the registrations made up? Cancel them all at once and without letters, so that others get the seats.',
  'mejl.fart.lank': 'See who they are',
  'mejl.fart.kontoret':
    'The link leads to the pages for organisers, where you sign in. The list is there for three days.',
  'mejl.nar': '{nar} (Swedish time)',
  'mejl.kalender.program': 'Programme',
  'system.tillEvenemangen': 'To the events',
} satisfies Record<TextKey, string>;
