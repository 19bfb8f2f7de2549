/**
 * What visitors' pages and letters say, in Swedish and English: [sv, en]. ICU message syntax.
 * Dates come in already written (base/dates.ts).
 */
export const catalogue = {
  'gemensamt.hoppa': ['Hoppa till innehållet', 'Skip to content'],
  'gemensamt.meny': ['Huvudmeny', 'Main menu'],
  'gemensamt.spraklank': ['In English', 'På svenska'],
  'gemensamt.kontakt.rubrik': ['Kontakt', 'Contact'],
  'gemensamt.sidfot.tillganglighet': ['Tillgänglighetsredogörelse', 'Accessibility statement'],
  'gemensamt.sidfot.personuppgifter': [
    'Så behandlar vi dina personuppgifter',
    'How we process your personal data',
  ],
  'gemensamt.sidfot.kakor': ['Kakor', 'Cookies'],
  'gemensamt.sidfot.om': ['Om webbplatsen', 'About this site'],
  'gemensamt.sidfot.orgnr': ['Organisationsnummer {nummer}', 'Registration number {nummer}'],
  'gemensamt.evenemang': ['Evenemang', 'Events'],
  'gemensamt.allaEvenemang': ['Alla evenemang', 'All events'],
  'gemensamt.externlank': ['länk till annan webbplats', 'link to another website'],
  'lista.rubrik': ['Kommande evenemang', 'Upcoming events'],
  'lista.titel': [
    'Kunskap och goda exempel för dig som arbetar med barns uppväxtvillkor',
    'Knowledge and good examples for you who work with the living conditions of children',
  ],
  'lista.tidigare': ['Tidigare evenemang', 'Earlier events'],
  'lista.tom': [
    'Det finns inga kommande evenemang just nu. Titta gärna in igen, eller prenumerera på kalendern.',
    'There are no upcoming events right now. Please come back later, or subscribe to the calendar.',
  ],
  'lista.folj.rubrik': ['Prenumerera på kalendern', 'Subscribe to the calendar'],
  'lista.folj.text': [
    'Då står evenemangen i din egen kalender, och nya evenemang kommer dit av sig själva.',
    'The events will then be in your own calendar, and new ones will appear by themselves.',
  ],
  'lista.folj.urval': [
    'Prenumerationen gäller det du har valt att visa här.',
    'The subscription covers what you have chosen to show here.',
  ],
  'lista.folj.oppna': ['Öppna i ditt kalenderprogram', 'Open in your calendar program'],
  'lista.folj.adress': [
    'Eller kopiera adressen, till exempel för Google Kalender och Outlook på webben:',
    'Or copy the address, for example for Google Calendar and Outlook on the web:',
  ],
  'lista.folj.slapar': [
    'Ändringar syns inte genast. I Outlook kan det ta några timmar, i Google Kalender 8–24 timmar. Är du anmäld mejlar vi dig alltid när tid eller plats ändras.',
    'Changes do not show at once. It can take a few hours in Outlook and 8–24 hours in Google Calendar. If you are registered we always email you when the time or place changes.',
  ],
  'lista.folj.anmald': [
    'Är du anmäld behöver du inte prenumerera. Inbjudan i bekräftelsen lägger evenemanget i din kalender, och med en prenumeration skulle det stå där två gånger.',
    'If you are registered you need not subscribe. The invitation in your confirmation puts the event in your calendar, and with a subscription it would be there twice.',
  ],
  'kalender.installt': ['Inställt: {titel}', 'Cancelled: {titel}'],
  'lista.ingaTraffar': ['Inga evenemang stämmer med det du valde.', 'No events match what you chose.'],
  'lista.visaAlla': ['Visa alla evenemang', 'Show all events'],
  'lista.senast': ['Anmäl dig senast {dag}', 'Register by {dag}'],
  'lista.senast.ko': ['Ställ dig på väntelistan senast {dag}', 'Join the waiting list by {dag}'],
  'lista.oppnar': ['Anmälan öppnar {dag}', 'Registration opens on {dag}'],
  'lista.filter.rubrik': ['Visa evenemang', 'Show events'],
  'lista.filter.lan': ['Län', 'County'],
  'lista.filter.typ': ['Typ', 'Type'],
  'lista.filter.ar': ['År', 'Year'],
  'lista.filter.alla': ['Alla', 'All'],
  'lista.filter.visa': ['Visa', 'Show'],
  'lista.antal': [
    '{antal, plural, =0 {Inga träffar} one {1 evenemang} other {# evenemang}}',
    '{antal, plural, =0 {No matches} one {1 event} other {# events}}',
  ],
  'lage.draft': ['Utkast', 'Draft'],
  'lage.upcoming': ['Kommande', 'Upcoming'],
  'lage.open': ['Öppen', 'Open'],
  'lage.full': ['Fullt', 'Full'],
  'lage.full.plats': ['Fullt på plats', 'Full on site'],
  'lage.full.digitalt': ['Fullt digitalt', 'Full online'],
  'lage.vantelista': ['{lage}, väntelista', '{lage}, waiting list'],
  'lage.kvar.plats': ['Platser kvar på plats', 'Seats left on site'],
  'lage.kvar.digitalt': ['Platser kvar digitalt', 'Seats left online'],
  'lage.closed': ['Stängd', 'Closed'],
  'lage.cancelled': ['Inställt', 'Cancelled'],
  'lage.past': ['Genomfört', 'Completed'],
  'lage.flyttat': ['Ny tid', 'New time'],
  'evenemang.nar': ['När', 'When'],
  'evenemang.var': ['Var', 'Where'],
  'evenemang.var.digitalt': [
    'Digitalt. Du får länken i ett mejl före evenemanget.',
    'Online. We will email you the link before the event.',
  ],
  'evenemang.var.hybrid': ['{plats}, eller digitalt', '{plats}, or online'],
  'evenemang.kostnad': ['Kostnad', 'Cost'],
  'evenemang.kostnad.fri': ['Kostnadsfritt', 'Free of charge'],
  'evenemang.sista': ['Sista anmälningsdag', 'Last day to register'],
  'evenemang.platser': ['Platser', 'Seats'],
  'evenemang.ikorthet': ['I korthet', 'In short'],
  'evenemang.lyssna': ['Du får lyssna till', 'You will hear about'],
  'evenemang.malgrupp': ['Vem kan delta', 'Who can attend'],
  'evenemang.program': ['Program', 'Programme'],
  'evenemang.tillganglighet': ['Tillgänglighet på plats och digitalt', 'Accessibility on site and online'],
  'evenemang.arrangor': ['Arrangör', 'Organiser'],
  'evenemang.kalenderfil': ['Lägg till i din kalender (ics-fil)', 'Add to your calendar (ics file)'],
  'evenemang.platserkvar': [
    '{antal, plural, =0 {Platserna är slut} one {1 plats kvar} other {# platser kvar}}',
    '{antal, plural, =0 {All seats are taken} one {1 seat left} other {# seats left}}',
  ],
  'evenemang.platserkvar.satt': [
    '{satt}: {antal, plural, =0 {fullt} one {1 plats kvar} other {# platser kvar}}',
    '{satt}: {antal, plural, =0 {full} one {1 seat left} other {# seats left}}',
  ],
  'evenemang.ko': ['Väntelista', 'Waiting list'],
  'evenemang.ko.antal': [
    '{antal, plural, =0 {Ingen väntar än} one {1 person väntar} other {# personer väntar}}',
    '{antal, plural, =0 {Nobody is waiting yet} one {1 person is waiting} other {# people are waiting}}',
  ],
  'evenemang.ko.antal.satt': [
    '{satt}: {antal, plural, =0 {ingen väntar än} one {1 väntar} other {# väntar}}',
    '{satt}: {antal, plural, =0 {nobody is waiting yet} one {1 waiting} other {# waiting}}',
  ],
  'evenemang.ko.slut': ['Stänger {slut}', 'Closes on {slut}'],
  'evenemang.installt.rubrik': ['Evenemanget är inställt', 'The event is cancelled'],
  'evenemang.flyttat': [
    'Evenemanget har fått ny tid: {nar}. Den gamla tiden var {gammal}.',
    'The event has been moved to {nar}. The old time was {gammal}.',
  ],
  'evenemang.genomfort': ['Evenemanget är genomfört.', 'The event has taken place.'],
  'evenemang.genomfort.dokumentation': [
    'Evenemanget är genomfört. Här hittar du dokumentation.',
    'The event has taken place. You can find documentation here.',
  ],
  'evenemang.dokumentation': ['Dokumentation', 'Documentation'],
  'sista.oppen': [
    'Sista anmälningsdag är den {datum} klockan {tid}.',
    'The last day to register is {datum} at {tid}.',
  ],
  'sista.kort': ['{datum} klockan {tid}', '{datum} at {tid}'],
  'sista.snart': ['Anmälan stänger i dag klockan {tid}.', 'Registration closes today at {tid}.'],
  'sista.inteoppnad': [
    'Anmälan öppnar den {datum} klockan {tid}.',
    'Registration opens on {datum} at {tid}.',
  ],
  'sista.stangd': [
    'Det går inte längre att anmäla sig. Sista anmälningsdag var den {datum} klockan {tid}.',
    'Registration is closed. The last day to register was {datum} at {tid}.',
  ],
  'sista.stangdSomIdag': [
    'Det är inte tillåtet att göra anmälningar längre. Sista anmälningsdag var den {datum} klockan {tid}.',
    'It is no longer possible to register. The last day to register was {datum} at {tid}.',
  ],
  'sista.stangdKontakt': [
    'Har du frågor om evenemanget? Kontakta {namn}, {epost}.',
    'Do you have questions about the event? Contact {namn}, {epost}.',
  ],
  'sista.underIfyllning': [
    'Anmälan stängde klockan {tid}, medan du fyllde i formuläret. Därför kunde vi inte ta emot din anmälan.',
    'Registration closed at {tid} while you were filling in the form, so we could not accept your registration.',
  ],
  'anmalan.rubrik': ['Anmäl dig', 'Register'],
  'anmalan.stangd.rubrik': ['Anmälan', 'Registration'],
  'anmalan.alla': ['Du behöver svara på alla frågor.', 'Answer every question.'],
  'anmalan.fullt': ['Platserna är slut.', 'All seats are taken.'],
  'anmalan.fullt.utanko': [
    'Platserna är slut, och väntelistan är stängd.',
    'All seats are taken, and the waiting list is closed.',
  ],
  'anmalan.fullt.plats': ['Platserna på plats är slut.', 'The on-site seats are taken.'],
  'anmalan.fullt.digitalt': ['De digitala platserna är slut.', 'The online seats are taken.'],
  'anmalan.falla': ['Lämna tomt', 'Leave empty'],
  'anmalan.annatsatt': [
    'Kan du inte använda formuläret? Ring eller mejla {namn} så hjälper vi dig att anmäla dig.',
    "Can't use the form? Call or email {namn} and we will register you.",
  ],
  'anmalan.skyddad': [
    'Har du skyddade personuppgifter? Anmäl dig inte här. Kontakta oss på {telefon} i stället.',
    'If your personal data is protected, do not register here. Contact us on {telefon} instead.',
  ],
  'anmalan.skicka': ['Skicka anmälan', 'Send registration'],
  'anmalan.ko': ['Ställ dig på väntelistan', 'Join the waiting list'],
  'anmalan.ko.text': [
    'Från väntelistan får du en plats när en blir ledig och det är din tur.',
    'From the waiting list you get a seat when one becomes free and it is your turn.',
  ],
  'anmalan.kollega': ['Anmäl en kollega också', 'Register a colleague too'],
  'kollegor.rubrik': ['Anmäl dig och dina kollegor', 'Register yourself and your colleagues'],
  'kollegor.bara.rubrik': ['Anmäl dina kollegor', 'Register your colleagues'],
  'kollegor.text': [
    'Organisation och kommun gäller för alla i anmälan. Varje kollega får ett eget mejl, och där står att du har gjort anmälan.',
    'Organisation and municipality are the same for everybody in the form. Every colleague gets an email of their own, which says that you registered them.',
  ],
  'kollegor.kollega': ['Kollega {nummer}', 'Colleague {nummer}'],
  'kollegor.taBort': ['Ta bort', 'Remove'],
  'kollegor.bara': [
    'Jag anmäler bara andra och kommer inte själv',
    'I only register others and do not come myself',
  ],
  'kollegor.bara.hjalp': [
    'Då behöver du inte svara på vilken roll du har och hur du vill delta.',
    'Then you need not answer what your role is and how you will attend.',
  ],
  'kollegor.bara.epost': [
    'Vi skickar listan över dem du anmäler dit.',
    'We will send the list of those you register there.',
  ],
  'kollegor.brist': [
    '{antal, plural, one {1 person} other {# personer}} i anmälan vill delta {satt, select, plats {på plats} other {digitalt}}, men {kvar, plural, =0 {de platserna är slut} one {det finns 1 plats kvar} other {det finns # platser kvar}}.',
    '{antal, plural, one {1 person in the form wants} other {# people in the form want}} to attend {satt, select, plats {on site} other {online}}, but {kvar, plural, =0 {those seats are taken} one {there is 1 seat left} other {there are # seats left}}.',
  ],
  'kollegor.brist.ko': [
    'Skickar du anmälan igen {kvar, plural, =0 {ställs {antal, plural, one {den personen} other {alla #}} på väntelistan} one {får den första en plats, och {rest, plural, one {den andra} other {de andra #}} ställs på väntelistan} other {får de # första en plats, och {rest, plural, one {den sista} other {de andra #}} ställs på väntelistan}}.',
    'If you send the form again {kvar, plural, =0 {{antal, plural, one {that person joins} other {all # join}} the waiting list} one {the first one gets a seat, and {rest, plural, one {the other one joins} other {the other # join}} the waiting list} other {the first # get a seat, and {rest, plural, one {the last one joins} other {the other # join}} the waiting list}}.',
  ],
  'kollegor.andra': [
    'Du kan också ändra hur någon deltar, eller ta bort någon.',
    'You can also change how somebody attends, or remove somebody.',
  ],
  'kollegor.andra.taBort': ['Du kan också ta bort någon.', 'You can also remove somebody.'],
  'kollegor.stangd': [
    'Ändra hur någon deltar, eller ta bort någon, och skicka anmälan igen.',
    'Change how somebody attends, or remove somebody, and send the form again.',
  ],
  'kollegor.stangd.taBort': [
    'Ta bort någon och skicka anmälan igen.',
    'Remove somebody and send the form again.',
  ],
  'falt.fornamn': ['Förnamn', 'First name'],
  'falt.efternamn': ['Efternamn', 'Last name'],
  'falt.epost': ['E-postadress', 'Email address'],
  'falt.epost.hjalp': [
    'Fyll i en giltig e-postadress. Vi skickar bekräftelsen och eventuell möteslänk dit.',
    'Enter a valid email address. We will send the confirmation and any meeting link there.',
  ],
  'falt.epost.hjalp.ko': [
    'Fyll i en giltig e-postadress. Vi mejlar dit om du får en plats.',
    'Enter a valid email address. We will email you there if you get a seat.',
  ],
  'falt.kommun': ['Kommun', 'Municipality'],
  'falt.kommun.valj': ['Välj i listan', 'Choose from the list'],
  'falt.kommun.annan': [
    'Annan (jag företräder ingen av länets kommuner)',
    'Other (I do not represent a municipality in the county)',
  ],
  'falt.organisation': ['Organisation', 'Organisation'],
  'falt.roll': ['Vilken roll har du?', 'What is your role?'],
  'falt.roll.fortroendevald': ['Förtroendevald', 'Elected representative'],
  'falt.roll.chef': ['Chef', 'Manager'],
  'falt.roll.strategisk': ['Strategisk tjänsteperson', 'Strategic officer'],
  'falt.roll.tjansteperson': ['Tjänsteperson', 'Officer'],
  'falt.roll.annan': ['Annan roll', 'Other role'],
  'falt.roll.kort': ['Roll', 'Role'],
  'falt.deltagande': ['Hur vill du delta?', 'How will you attend?'],
  'falt.deltagande.plats': ['På plats', 'On site'],
  'falt.deltagande.digitalt': ['Digitalt', 'Online'],
  'falt.deltagande.digitalt.hjalp': [
    'Du får länken i ett mejl före evenemanget.',
    'We will email you the link before the event.',
  ],
  'falt.deltagande.ko': [
    '{satt}, väntelista ({antal, plural, =0 {ingen före dig} other {# före dig}})',
    '{satt}, waiting list ({antal, plural, =0 {nobody before you} other {# before you}})',
  ],
  'falt.deltagande.ko.hjalp': [
    'Platserna är slut. Du får en plats när en blir ledig och det är din tur.',
    'All seats are taken. You get a seat when one becomes free and it is your turn.',
  ],
  'falt.deltagande.ko.bada': [
    'Välj ett eller båda. Väljer du båda får du den plats som blir ledig först, och lämnar då den andra väntelistan.',
    'Choose one or both. If you choose both you get the seat that becomes free first, and then leave the other waiting list.',
  ],
  'falt.deltagande.ko.min': [
    '{satt}, du är nummer {nummer} på väntelistan',
    '{satt}, you are number {nummer} on the waiting list',
  ],
  'falt.deltagande.ko.ledig': [
    'Här finns platser kvar. Väljer du det här sättet får du en plats direkt och lämnar väntelistan.',
    'There are seats left here. If you choose this way you get a seat at once and leave the waiting list.',
  ],
  'falt.deltagande.kort': ['Deltar', 'Attends'],
  'falt.deltagande.vill': ['Vill delta', 'Wants to attend'],
  'falt.deltagande.ville': ['Ville delta', 'Wanted to attend'],
  'fel.titelprefix': ['Fel: ', 'Error: '],
  'fel.sammanfattning': [
    '{antal, plural, one {Det finns 1 fel i formuläret} other {Det finns # fel i formuläret}}',
    '{antal, plural, one {There is 1 error in the form} other {There are # errors in the form}}',
  ],
  'fel.fornamn': ['Skriv ditt förnamn, till exempel Åsa', 'Enter your first name, for example Åsa'],
  'fel.efternamn': ['Skriv ditt efternamn, till exempel Öberg', 'Enter your last name, for example Öberg'],
  'fel.epost.saknas': [
    'Skriv din e-postadress, till exempel namn@example.se',
    'Enter your email address, for example name@example.se',
  ],
  'fel.epost.format': [
    'Skriv en e-postadress med @ och punkt, till exempel namn@example.se',
    'Enter an email address with @ and a dot, for example name@example.se',
  ],
  'fel.kommun': ['Välj kommun, eller Annan', 'Choose a municipality, or Other'],
  'fel.organisation': [
    'Skriv vilken organisation du företräder, till exempel Motala kommun',
    'Enter the organisation you represent, for example Motala kommun',
  ],
  'fel.roll': ['Välj vilken roll du har', 'Choose your role'],
  'fel.deltagande': ['Välj om du deltar på plats eller digitalt', 'Choose on site or online'],
  'fel.deltagande.baraPlats': [
    'Det går inte att delta digitalt i det här evenemanget. Välj På plats',
    'You cannot attend this event online. Choose On site',
  ],
  'fel.deltagande.baraDigitalt': [
    'Det går inte att delta på plats i det här evenemanget. Välj Digitalt',
    'You cannot attend this event on site. Choose Online',
  ],
  'fel.enrad': [
    'Skriv svaret på en enda rad, utan radbrytningar, till exempel Motala kommun',
    'Write the answer on one single line, without line breaks, for example Motala kommun',
  ],
  'fel.forlangt': [
    'Svaret får vara högst {max} tecken. Du har skrivit {antal}.',
    'The answer can be at most {max} characters. You have written {antal}.',
  ],
  'fel.webbadress': ['Skriv svaret utan webbadress.', 'Write the answer without a web address.'],
  'fel.personnummer': [
    'Det ser ut som ett personnummer. Ta bort det, vi behöver det inte.',
    'This looks like a personal identity number. Please remove it, we do not need it.',
  ],
  'fel.fullt': [
    'Platserna på plats tog slut medan du fyllde i formuläret. Vill du delta digitalt i stället? Vi har valt Digitalt åt dig, så det är bara att skicka anmälan igen.',
    'The on-site seats ran out while you filled in the form. Would you like to attend online instead? We have chosen Online for you, so just send the registration again.',
  ],
  'fel.fulltDigitalt': [
    'De digitala platserna tog slut medan du fyllde i formuläret. Vill du delta på plats i stället? Vi har valt På plats åt dig, så det är bara att skicka anmälan igen.',
    'The online seats ran out while you filled in the form. Would you like to attend on site instead? We have chosen On site for you, so just send the registration again.',
  ],
  'fel.fullt.valj.plats': [
    'Platserna på plats tog slut medan du fyllde i formuläret. Välj digitalt eller väntelistan',
    'The on-site seats ran out while you filled in the form. Choose online or the waiting list',
  ],
  'fel.fullt.valj.digitalt': [
    'De digitala platserna tog slut medan du fyllde i formuläret. Välj på plats eller väntelistan',
    'The online seats ran out while you filled in the form. Choose on site or the waiting list',
  ],
  'fel.fullt.byte': [
    'Platserna är slut för det sätt du valde. Du har kvar din plats. Välj till exempel det sätt du hade',
    'There are no seats left for the way you chose. You still have your seat. Choose for example the way you had',
  ],
  'fel.platsMedan.plats': [
    'Du står inte längre på väntelistan. Du är anmäld och deltar på plats. Läs igenom dina svar och spara igen',
    'You are no longer on the waiting list. You are registered and attend on site. Check your answers and save again',
  ],
  'fel.platsMedan.digitalt': [
    'Du står inte längre på väntelistan. Du är anmäld och deltar digitalt. Läs igenom dina svar och spara igen',
    'You are no longer on the waiting list. You are registered and attend online. Check your answers and save again',
  ],
  'fel.fullt.ko': [
    'Väntelistan är stängd för det sätt du valde. Välj det du väntar på',
    'The waiting list is closed for the way you chose. Choose what you are waiting for',
  ],
  'fel.kollega': ['Kollega {nummer}: {fel}', 'Colleague {nummer}: {fel}'],
  'fel.kollega.fornamn': ['Skriv ett förnamn, till exempel Åsa', 'Enter a first name, for example Åsa'],
  'fel.kollega.efternamn': [
    'Skriv ett efternamn, till exempel Öberg',
    'Enter a last name, for example Öberg',
  ],
  'fel.kollega.epost': [
    'Skriv en e-postadress, till exempel namn@example.se',
    'Enter an email address, for example name@example.se',
  ],
  'fel.kollega.roll': ['Välj en roll', 'Choose a role'],
  'fel.kollega.deltagande': ['Välj på plats eller digitalt', 'Choose on site or online'],
  'fel.kollega.samma': [
    'Adressen står redan i formuläret. Skriv kollegans egen e-postadress',
    'The address is in the form already. Enter the email address of this colleague',
  ],
  'fel.kollega.flest': [
    'Du kan anmäla högst {antal} kollegor på en gång. Ta bort någon',
    'You can register at most {antal} colleagues at once. Remove somebody',
  ],
  'nej.closed.rubrik': ['Anmälan har stängt', 'Registration has closed'],
  'nej.upcoming.rubrik': ['Anmälan har inte öppnat', 'Registration has not opened'],
  'nej.full.rubrik': ['Platserna är slut', 'All seats are taken'],
  'nej.full.text': [
    'Platserna tog slut medan du fyllde i formuläret. Därför kunde vi inte ta emot din anmälan.',
    'The seats ran out while you were filling in the form, so we could not accept your registration.',
  ],
  'nej.full.koStangd': [
    'Väntelistan stängde medan du fyllde i formuläret. Därför kunde vi inte ta emot din anmälan.',
    'The waiting list closed while you were filling in the form, so we could not accept your registration.',
  ],
  'nej.full.ko': [
    'Platserna tog slut medan du fyllde i formuläret. Du är inte anmäld än, men du kan ställa dig på väntelistan. Det du skrev finns kvar.',
    'The seats ran out while you were filling in the form. You are not registered yet, but you can join the waiting list. What you wrote is still here.',
  ],
  'nej.cancelled.rubrik': ['Evenemanget är inställt', 'The event is cancelled'],
  'nej.cancelled.text': [
    'Därför kunde vi inte ta emot din anmälan.',
    'We therefore could not accept your registration.',
  ],
  'nej.past.rubrik': ['Evenemanget är genomfört', 'The event has taken place'],
  'nej.past.text': ['Det går inte längre att anmäla sig.', 'It is no longer possible to register.'],
  'nej.duSkrev': ['Det här skrev du', 'What you wrote'],
  'nej.tillEvenemanget': ['Till evenemanget', 'To the event'],
  'klart.rubrik': ['Tack, du är anmäld', 'Thank you, you are registered'],
  'klart.text': [
    'Vi skickar en bekräftelse till den e-postadress du angav.',
    'We are sending a confirmation to the email address you gave.',
  ],
  'klart.nu': ['Vad händer nu?', 'What happens now?'],
  'klart.steg.bekraftelse': [
    'Du får en bekräftelse med inbjudan till kalendern. Titta i skräpposten om den inte kommer inom 15 minuter.',
    'You will get a confirmation with the calendar invitation. Check your junk mail if it has not arrived within 15 minutes.',
  ],
  'klart.steg.kalender': [
    'I Outlook kan inbjudan stå som preliminär tills du svarar.',
    'Outlook may show the invitation as tentative until you respond.',
  ],
  'klart.steg.lank': [
    'I mejlet finns också en personlig länk. Med den ändrar eller avbokar du din anmälan.',
    'The email also has a personal link. Use it to change or cancel your registration.',
  ],
  'klart.steg.digitalt': [
    'Deltar du digitalt får du möteslänken i ett mejl före evenemanget.',
    'If you attend online, we will email you the meeting link before the event.',
  ],
  'klart.vantelista.rubrik': ['Tack, du står på väntelistan', 'Thank you, you are on the waiting list'],
  'klart.vantelista.text': [
    'Vi skickar ett mejl till den e-postadress du angav. Du behöver inte göra något nu.',
    'We are sending an email to the address you gave. You do not need to do anything now.',
  ],
  'klart.vantelista.nummer': [
    'I mejlet står vilket nummer du har i kön. Titta i skräpposten om det inte kommer inom 15 minuter.',
    'The email says which number you have in the queue. Check your junk mail if it has not arrived within 15 minutes.',
  ],
  'klart.vantelista.sedan': [
    'Du får en plats när en blir ledig och det är din tur. Då är du anmäld, och vi mejlar dig inbjudan till kalendern.',
    'You get a seat when one becomes free and it is your turn. You are then registered, and we email you the calendar invitation.',
  ],
  'klart.vantelista.lank': [
    'I mejlet finns också en personlig länk. Med den ser du din plats i kön, ändrar dina uppgifter eller lämnar väntelistan.',
    'The email also has a personal link. Use it to see your place in the queue, change your details or leave the waiting list.',
  ],
  'klart.kollegor.rubrik': ['Tack, anmälan är gjord', 'Thank you, the registration is done'],
  'klart.kollegor.text': [
    'Var och en får ett eget mejl, och du får en lista.',
    'Everybody gets an email of their own, and you get a list.',
  ],
  'klart.kollegor.mejl': [
    'I mejlet står om kollegan har fått en plats eller står på väntelistan. Den som har fått en plats får också en inbjudan till kalendern.',
    'The email says whether your colleague has a seat or is on the waiting list. Whoever has a seat also gets a calendar invitation.',
  ],
  'klart.kollegor.lank': [
    'I mejlet finns också en personlig länk. Med den ändrar eller avbokar var och en sin egen anmälan.',
    'The email also has a personal link. With it everybody changes or cancels their own registration.',
  ],
  'klart.kollegor.lista': [
    'Listan över dem du har anmält kommer till den e-postadress du angav. Titta i skräpposten om den inte kommer inom 15 minuter.',
    'The list of those you registered comes to the email address you gave. Check your junk mail if it has not arrived within 15 minutes.',
  ],
  'klart.kollegor.digitalt': [
    'Den som deltar digitalt får möteslänken i ett mejl före evenemanget.',
    'Those who attend online get the meeting link by email before the event.',
  ],
  'min.rubrik': ['Din anmälan', 'Your registration'],
  'min.lage.confirmed': ['Anmäld', 'Registered'],
  'min.lage.waiting': ['På väntelistan', 'On the waiting list'],
  'min.lage.cancelled': ['Avbokad', 'Cancelled'],
  'min.lage.lamnat': ['Inte längre på väntelistan', 'No longer on the waiting list'],
  'min.uppgifter': ['Dina uppgifter', 'Your details'],
  'min.pagar': [
    'Evenemanget har börjat. Det går inte längre att ändra eller avboka.',
    'The event has started. It is no longer possible to change or cancel.',
  ],
  'min.intenu': ['Då kan du ändra dina uppgifter här.', 'You can change your details here then.'],
  'min.stangd': [
    'Anmälan har stängt. Du kan inte längre ändra dina uppgifter, men du kan avboka fram till att evenemanget börjar.',
    'Registration has closed. You can no longer change your details, but you can cancel until the event starts.',
  ],
  'min.arAvbokad': ['Du är avbokad.', 'Your place is cancelled.'],
  'min.ko.rubrik': ['Din plats i kön', 'Your place in the queue'],
  'min.ko.ingen': [
    'Väntelistan är stängd, och det blev tyvärr ingen plats till dig.',
    'The waiting list is closed, and sadly there was no seat for you.',
  ],
  'min.ko.stangd': [
    'Anmälan har stängt. Du kan inte längre ändra dina uppgifter, men du kan lämna väntelistan.',
    'Registration has closed. You can no longer change your details, but you can leave the waiting list.',
  ],
  'min.ko.lamnat': ['Du har lämnat väntelistan.', 'You have left the waiting list.'],
  'min.ko.lamnat.klart': [
    'Du har lämnat väntelistan. Vi skickar en bekräftelse med mejl.',
    'You have left the waiting list. We are sending a confirmation by email.',
  ],
  'min.igen': ['Anmäl dig igen', 'Register again'],
  'min.igen.text': [
    'Har du ändrat dig? Det finns platser kvar.',
    'Have you changed your mind? There are seats left.',
  ],
  'min.igen.ko': [
    'Vill du ändå delta? Ställ dig på väntelistan, så får du en plats när en blir ledig och det är din tur.',
    'Would you still like to attend? Join the waiting list and you get a seat when one becomes free and it is your turn.',
  ],
  'min.igen.fullt': [
    'Platserna är slut, så du kan inte anmäla dig igen just nu.',
    'All seats are taken, so you cannot register again right now.',
  ],
  'min.igen.annatsatt': [
    'Vill du delta på det andra sättet? Anmäl dig då på evenemangets sida.',
    'Would you like to attend the other way? Then register on the page of the event.',
  ],
  'min.igen.gjort': [
    'Den här anmälan gäller inte längre, eftersom du har anmält dig igen. Länken till den nya anmälan finns i mejlet som du fick då.',
    'This registration no longer counts, since you have registered again. The link to the new registration is in the email that you got then.',
  ],
  'min.andra': ['Ändra dina uppgifter', 'Change your details'],
  'min.andra.senast': [
    'Du kan ändra till och med den {datum} klockan {tid}.',
    'You can make changes until {datum} at {tid}.',
  ],
  'min.andra.stangd': [
    'Det går inte längre att ändra uppgifterna. Sista dagen var den {datum} klockan {tid}.',
    'It is no longer possible to change your details. The last day was {datum}, until {tid}.',
  ],
  'min.avboka.senast': [
    'Du kan avboka till och med den {datum} klockan {tid}.',
    'You can cancel until {datum} at {tid}.',
  ],
  'min.avboka.stangd': [
    'Det går inte längre att avboka här. Sista dagen var den {datum} klockan {tid}. Kan du inte komma? Kontakta {namn}, {epost}.',
    'It is no longer possible to cancel here. The last day was {datum}, until {tid}. Unable to come? Contact {namn}, {epost}.',
  ],
  'min.andrat': ['Dina uppgifter är ändrade.', 'Your details have been changed.'],
  'min.spara': ['Spara ändringarna', 'Save the changes'],
  'min.avboka': ['Avboka din plats', 'Cancel your place'],
  'min.avboka.rubrik': ['Kan du inte komma?', "Can't you come?"],
  'min.avboka.text': [
    'Avboka så snart du vet, så att någon annan kan få platsen. Du kan anmäla dig igen om det finns platser kvar.',
    'Cancel as soon as you know, so that someone else can have the place. You can register again if there are seats left.',
  ],
  'min.avboka.sent': [
    'Avboka så att vi vet hur många som kommer. Anmälan har stängt, så du kan inte anmäla dig igen.',
    'Cancel so that we know how many are coming. Registration has closed, so you cannot register again.',
  ],
  'min.avboka.fraga': [
    'Vill du avboka din plats på {titel}?',
    'Do you want to cancel your place at {titel}?',
  ],
  'min.avboka.hjalp': [
    'Då kan någon annan få platsen. Du kan anmäla dig igen om det finns platser kvar.',
    'Someone else can then have it. You can register again if there are seats left.',
  ],
  'min.avboka.ja': ['Ja, avboka', 'Yes, cancel'],
  'min.avboka.nej': ['Nej, behåll min plats', 'No, keep my place'],
  'min.lamna': ['Lämna väntelistan', 'Leave the waiting list'],
  'min.lamna.rubrik': ['Vill du inte vänta längre?', 'Do you no longer want to wait?'],
  'min.lamna.hjalp': [
    'Lämna väntelistan om du inte kan delta, så att platsen går till någon som kan. Du kan ställa dig på väntelistan igen, men då sist.',
    'Leave the waiting list if you cannot attend, so that the seat goes to somebody who can. You can join the list again, but then at the end.',
  ],
  'min.lamna.sent': [
    'Lämna väntelistan om du inte kan delta, så att platsen går till någon som kan. Anmälan har stängt, så du kan inte ställa dig på listan igen.',
    'Leave the waiting list if you cannot attend, so that the seat goes to somebody who can. Registration has closed, so you cannot join the list again.',
  ],
  'min.lamna.fraga': [
    'Vill du lämna väntelistan till {titel}?',
    'Do you want to leave the waiting list for {titel}?',
  ],
  'min.lamna.ja': ['Ja, lämna väntelistan', 'Yes, leave the list'],
  'min.lamna.nej': ['Nej, stå kvar', 'No, stay on the list'],
  'min.nej.rubrik': ['Din kalender har svarat nej', 'Your calendar has answered no'],
  'min.nej.text': [
    'Du har kvar din plats tills du avbokar. Kommer du inte? Avboka, så kan någon annan få platsen.',
    'You keep your seat until you cancel. If you are not coming, cancel so that somebody else can have it.',
  ],
  'min.nej.kommer': ['Jag kommer', 'I am coming'],
  'min.kvar': [
    'Du är kvar som anmäld. Har kalendern tagit bort evenemanget? Hämta det igen från evenemangets sida.',
    'You are still registered. If your calendar removed the event, get it again from the page of the event.',
  ],
  'min.avbokad': [
    'Du är avbokad. Vi skickar en bekräftelse med mejl.',
    'Your place is cancelled. We are sending a confirmation by email.',
  ],
  'min.paminnelser.rubrik': ['Påminnelser med mejl', 'Reminders by email'],
  'min.paminnelser.fraga': [
    'Vill du slippa påminnelser om {titel}?',
    'Do you want no more reminders about {titel}?',
  ],
  'min.paminnelser.text': [
    'Du slipper då påminnelser före och brev efter evenemanget. Om något ändras eller ställs in mejlar vi dig ändå, och du är fortfarande anmäld.',
    'You will get no reminders before the event and no letters after it. We still email you if something changes or is cancelled, and you are still registered.',
  ],
  'min.paminnelser.text.slut': [
    'Om något ändras eller ställs in mejlar vi dig ändå. Du är fortfarande anmäld.',
    'We still email you if something changes or is cancelled. You are still registered.',
  ],
  'min.paminnelser.ja': ['Ja, inga påminnelser', 'Yes, no reminders'],
  'min.paminnelser.nej': ['Nej, fortsätt påminna mig', 'No, keep reminding me'],
  'min.paminnelser.slut': ['Du får inga påminnelser', 'You will get no reminders'],
  'min.paminnelser.igen': ['Ångra, jag vill ha påminnelser', 'Undo, I want reminders'],
  'min.paminnelser.gjort': ['Du får påminnelser igen.', 'You will get reminders again.'],
  'min.paminnelser.valj': ['Slipp påminnelser', 'Stop reminders'],
  'min.paminnelser.valjIgen': ['Få påminnelser igen', 'Get reminders again'],
  'min.utdrag': [
    'Hämta alla uppgifter vi har om dig i den här anmälan (JSON)',
    'Download all data we hold about you in this registration (JSON)',
  ],
  'min.lankOgiltig': [
    'Länken gäller inte längre. Skriv din e-postadress så skickar vi en ny.',
    'The link is no longer valid. Enter your email address and we will send a new one.',
  ],
  'min.lank.okand.rubrik': ['Länken fungerar inte', 'The link does not work'],
  'min.lank.gammal.rubrik': ['Länken har slutat gälla', 'The link has expired'],
  'min.lank.gammal.text': [
    'Länken slutade gälla 30 dagar efter evenemanget. Är du anmäld till något annat? Skriv din e-postadress så skickar vi länken till den anmälan.',
    'The link expired 30 days after the event. Are you registered for something else? Enter your email address and we will send the link to that registration.',
  ],
  'min.nyLank.rubrik': ['Få länken igen', 'Get the link again'],
  'min.nyLank.text': [
    'Har du tappat bort länken till din anmälan? Skriv din e-postadress så skickar vi en ny.',
    'Have you lost the link to your registration? Enter your email address and we will send a new one.',
  ],
  'min.nyLank.skicka': ['Skicka ny länk', 'Send a new link'],
  'min.nyLankSvar': [
    'Om adressen är anmäld får du strax ett mejl med en ny länk.',
    'If the address is registered you will soon get an email with a new link.',
  ],
  'mejl.bekraftelse.amne': ['Bekräftelse: {titel}, {datum}', 'Confirmation: {titel}, {datum}'],
  'mejl.redan.amne': ['Du är redan anmäld: {titel}, {datum}', 'You are already registered: {titel}, {datum}'],
  'mejl.andrat.amne': ['Ändrat: {titel}, {datum}', 'Changed: {titel}, {datum}'],
  'mejl.installt.amne': ['Inställt: {titel}, {datum}', 'Cancelled: {titel}, {datum}'],
  'mejl.avbokad.amne': ['Avbokad: {titel}, {datum}', 'Your place is cancelled: {titel}, {datum}'],
  'kakor.text': [
    'Du som läser eller anmäler dig får inga kakor alls. Den som loggar in för att arrangera får en kaka, {namn}, som håller reda på inloggningen. Den behövs för att tjänsten ska fungera. Därför frågar vi inte om samtycke.',
    'If you read or register you get no cookies at all. Organisers who log in get one cookie, {namn}, which keeps them logged in. The service needs it in order to work, so we do not ask for consent.',
  ],
  'kakor.tid': [
    'Kakan {namn} försvinner vid utloggning, och annars åtta timmar efter det senaste besöket.',
    'The cookie {namn} disappears at log-out, and otherwise eight hours after the latest visit.',
  ],
  'dataskydd.kort': [
    '{myndighet} använder dina uppgifter för att genomföra evenemanget. Den rättsliga grunden är att vi utför en uppgift av allmänt intresse. Det du skickar in blir allmän handling.',
    '{myndighet} uses your data to run the event. The legal basis is a task carried out in the public interest. What you send in becomes a public document.',
  ],
  'dataskydd.lank': [
    'Läs mer om hur vi behandlar dina personuppgifter',
    'Read more about how we process your personal data',
  ],
  'dataskydd.ansvarig.rubrik': ['Vem ansvarar för uppgifterna?', 'Who is responsible for the data?'],
  'dataskydd.ansvarig': [
    '{myndighet}, organisationsnummer {orgnr}, är personuppgiftsansvarig. Dataskyddsombudet når du på',
    '{myndighet}, registration number {orgnr}, is the controller. You can reach the data protection officer at',
  ],
  'dataskydd.ansvarig.flera': [
    'Varje länsstyrelse ansvarar för uppgifterna i anmälan till sina egna evenemang.',
    'Each county administrative board is responsible for the data of those who register for its own events.',
  ],
  'dataskydd.andamal.rubrik': [
    'Vilka uppgifter behandlar vi, och varför?',
    'Which data do we process, and why?',
  ],
  'dataskydd.andamal': [
    'Vi behandlar namn, e-postadress, organisation, kommun, roll och om du deltar på plats eller digitalt. Det gör vi för att ta emot anmälan, skicka information om evenemanget, planera lokalen, föra närvaro och ta fram statistik utan namn.',
    'We process your name, email address, organisation, municipality, role and whether you attend on site or online. We do so to handle the registration, send information about the event, plan the venue, record attendance and produce statistics without names.',
  ],
  'dataskydd.kollega': [
    'Har en kollega anmält dig sparar vi också vem det var. Det står i din bekräftelse.',
    'If a colleague registered you we also keep who that was. It is stated in your confirmation.',
  ],
  'dataskydd.maste': [
    'Du måste svara på alla frågor i anmälan för att kunna delta. Vi fattar inga automatiska beslut om dig.',
    'You must answer every question in the registration to take part. We make no automated decisions about you.',
  ],
  'dataskydd.ip': [
    'När du skickar ett formulär räknar vi under fem minuter hur många formulär som kommer från samma ip-adress. Vi sparar inte ip-adressen efter det.',
    'When you send a form we count for five minutes how many forms come from the same IP address. We do not keep the IP address after that.',
  ],
  'dataskydd.medverkande': [
    'Medverkar du i ett evenemang står ditt namn, din titel och din organisation på evenemangets sida.',
    'If you speak at an event, your name, title and organisation are shown on its page.',
  ],
  'dataskydd.grund.rubrik': ['Rättslig grund', 'Legal basis'],
  'dataskydd.grund': [
    'Rättslig grund är uppgift av allmänt intresse (artikel 6.1 e i dataskyddsförordningen).',
    'The legal basis is a task in the public interest (Article 6(1)(e) GDPR).',
  ],
  'dataskydd.mottagare.rubrik': ['Vilka får se uppgifterna?', 'Who can see the data?'],
  'dataskydd.mottagare': [
    'Bara de som arbetar med länsstyrelsens evenemang ser dina uppgifter. Den som begär ut allmänna handlingar kan få ta del av uppgifter som inte är sekretessbelagda.',
    'Only those who work with the events of the county administrative board see your data. A person who requests public documents may see data that is not confidential.',
  ],
  'dataskydd.lagring.rubrik': ['Hur länge sparar vi uppgifterna?', 'How long do we keep the data?'],
  'dataskydd.inkommet': [
    'Svarar du på inbjudan i din kalender, eller mejlar du till adressen som breven kommer från, sparar vi det. Svar från kalendrar och automatiska mejl raderas efter 90 dagar. Andra mejl sparar vi som anmälan.',
    'If you answer the invitation in your calendar, or email the address that our letters come from, we keep that. Calendar answers and automatic emails are deleted after 90 days. Other emails are kept like the registration.',
  ],
  'dataskydd.lagring': [
    'Anmälan är en allmän handling. Vi sparar den tills myndigheten har beslutat att den får gallras, också om du avbokar. Statistik utan namn sparar vi.',
    'The registration is a public document. We keep it until the authority has decided on its disposal, also if you cancel. Statistics without names are kept.',
  ],
  'dataskydd.rattigheter.rubrik': ['Dina rättigheter', 'Your rights'],
  'dataskydd.utdrag': [
    'Med länken i bekräftelsen ser, ändrar och avbokar du din anmälan och hämtar alla uppgifter vi har om dig i den.',
    'With the link in your confirmation you can see, change and cancel your registration and download all data we hold about you in it.',
  ],
  'dataskydd.rattigheter': [
    'Du har rätt att få ett utdrag, att få fel rättade och att invända mot behandlingen. Rätten att få uppgifter raderade är begränsad, eftersom anmälan är en allmän handling. Du kan klaga hos Integritetsskyddsmyndigheten,',
    'You have the right to access, to have errors corrected and to object. The right to erasure is limited, since the registration is a public document. You can complain to the Swedish Authority for Privacy Protection,',
  ],
  'tillganglighet.inledning': [
    '{myndighet} står bakom den här webbplatsen. Här beskriver vi hur den uppfyller lagen om tillgänglighet till digital offentlig service, vilka brister vi känner till och hur du berättar om fler.',
    '{myndighet} is responsible for this website. Here we describe how it meets the Act on accessibility of digital public services, which shortcomings we know of and how you can report others.',
  ],
  'tillganglighet.tjanst': [
    'Redogörelsen gäller tjänsten {tjanst}.',
    'This statement is about the service {tjanst}.',
  ],
  'tillganglighet.status.rubrik': ['Hur tillgänglig är webbplatsen?', 'How accessible is the website?'],
  'tillganglighet.brister.rubrik': ['Kända brister', 'Known shortcomings'],
  'tillganglighet.brister': ['Vi känner inte till några brister.', 'We know of no shortcomings.'],
  'tillganglighet.undantag': [
    'Vi har inte undantagit något innehåll för att det skulle vara oskäligt betungande att göra tillgängligt (12 § lagen om tillgänglighet till digital offentlig service). Inget innehåll ligger utanför lagen (9 §).',
    'No content is excepted as a disproportionate burden (Section 12 of the Act on accessibility of digital public services). No content is outside the scope of the Act (Section 9).',
  ],
  'tillganglighet.metod.rubrik': ['Hur vi har testat', 'How we have tested'],
  'tillganglighet.metod': [
    'Vi har själva bedömt webbplatsen med automatiska och manuella tester mot WCAG 2.2, nivå AA. Lagen kräver nivå AA i WCAG 2.1.',
    'We have assessed the website ourselves, with automated and manual tests against WCAG 2.2, level AA. The Act requires level AA of WCAG 2.1.',
  ],
  'tillganglighet.datum': [
    'Vi bedömde webbplatsen senast {bedomd} och uppdaterade redogörelsen senast {uppdaterad}.',
    'We last assessed the website on {bedomd} and last updated this statement on {uppdaterad}.',
  ],
  'tillganglighet.anmal.rubrik': ['Berätta om hinder', 'Report a problem'],
  'tillganglighet.anmal': [
    'Hittar du något som inte fungerar för dig, eller behöver du innehållet i en annan form? Skriv till den som arrangerar evenemanget:',
    'Have you found something that does not work for you, or do you need the content in another form? Write to the organiser of the event:',
  ],
  'tillganglighet.tillsyn.rubrik': ['Tillsyn', 'Supervision'],
  'tillganglighet.status': [
    '{status, select, helt {Webbplatsen är helt förenlig med lagen.} delvis {Webbplatsen är delvis förenlig med lagen.} other {Webbplatsen är inte förenlig med lagen.}}',
    '{status, select, helt {The website is fully compliant with the Act.} delvis {The website is partly compliant with the Act.} other {The website is not compliant with the Act.}}',
  ],
  'tillganglighet.tillsyn': [
    'Myndigheten för digital förvaltning ansvarar för tillsynen. Är du inte nöjd med hur vi hanterar dina synpunkter kan du anmäla det till Digg på',
    'The Agency for Digital Government supervises the Act. If you are not satisfied with how we handle your comments you can report it to Digg at',
  ],
  'gemensamt.tjanst': ['Boostdagar', 'Boostdagar'],
  'lista.ingress': [
    'Boostdagar och kunskapsförmiddagar är till för förtroendevalda, chefer och tjänstepersoner. Här hittar du programmen och anmäler dig.',
    'Boost days and knowledge mornings are for elected representatives, managers and officers. Here you find the programmes and register.',
  ],
  'form.boostdag': ['Boostdag', 'Boost day'],
  'form.kunskapsformiddag': ['Kunskapsförmiddag', 'Knowledge morning'],
  'form.annat': ['Evenemang', 'Event'],
  'system.404.rubrik': ['Sidan finns inte', 'Page not found'],
  'system.404.text': [
    'Adressen kan vara felskriven eller så är sidan borttagen. Leta bland evenemangen i stället.',
    'The address may be misspelt or the page removed. Please look among the events instead.',
  ],
  'system.500.rubrik': ['Något gick fel hos oss', 'Something went wrong'],
  'system.500.text': [
    'Försök igen om en stund. Felet beror inte på dig. Ange {felkod} om du kontaktar oss.',
    'Please try again shortly. It is not your fault. Quote {felkod} if you contact us.',
  ],
  'system.429.rubrik': ['Vänta lite', 'Please wait'],
  'system.429.text': [
    'Du har skickat många formulär på kort tid. Vänta {minuter} minuter och försök igen.',
    'You have sent many forms in a short time. Wait {minuter} minutes and try again.',
  ],
  'system.503.rubrik': ['Många är här just nu', 'Many people are here right now'],
  'system.503.text': [
    'Det du skickade har inte tagits emot. Gå tillbaka, vänta en halv minut och försök igen.',
    'What you sent has not been received. Go back, wait half a minute and try again.',
  ],
  'system.full.rubrik': ['Inget är sparat', 'Nothing has been saved'],
  'system.full.text': [
    'Tjänsten kan inte spara något just nu, så det du skickade har inte tagits emot. Gå tillbaka i webbläsaren, så finns det du skrev oftast kvar. Försök igen om en stund. Är det bråttom? Hör av dig till kontaktpersonen på evenemangets sida.',
    'The service cannot save anything right now, so what you sent has not been received. Go back in your browser, where what you typed is usually still there. Try again in a while. Is it urgent? Contact the person named on the event page.',
  ],
  'system.403.rubrik': ['Formuläret kunde inte tas emot', 'The form could not be accepted'],
  'system.403.text': [
    'Formuläret var öppet för länge. Ladda om sidan och skicka igen.',
    'The form was open for too long. Reload the page and send it again.',
  ],
  'system.413.rubrik': ['Det du skickade är för stort', 'What you sent is too large'],
  'system.413.text': ['Korta texten och skicka igen.', 'Please shorten the text and send it again.'],
  'system.400.rubrik': ['Adressen eller formuläret går inte att läsa', 'The address or form cannot be read'],
  'system.400.text': [
    'Gå tillbaka, ladda om sidan och försök igen.',
    'Go back, reload the page and try again.',
  ],
  'mejl.halsning': ['Hej {fornamn}!', 'Hello {fornamn},'],
  'mejl.bekraftelse.text': ['Du är anmäld till {titel}.', 'You are registered for {titel}.'],
  'mejl.bekraftelse.kalender': [
    'Inbjudan till kalendern följer med. I Outlook kan den stå som preliminär tills du svarar.',
    'The calendar invitation is attached. Outlook may show it as tentative until you respond.',
  ],
  'mejl.lank': ['Ändra eller avboka', 'Change or cancel'],
  'mejl.lank.visa': ['Se, ändra eller avboka din anmälan', 'See, change or cancel your registration'],
  'mejl.lank.personlig': [
    'Länken är personlig. Skicka den inte vidare.',
    'The link is personal. Do not forward it.',
  ],
  'mejl.fragor': ['Frågor', 'Questions'],
  'mejl.valkommen': ['Varmt välkommen!', 'Welcome!'],
  'mejl.dataskydd': ['Så behandlar vi dina personuppgifter', 'How we process your personal data'],
  'mejl.redan.text': [
    'Du, eller någon annan, fyllde nyss i din e-postadress i anmälan till {titel}. Du är redan anmäld och vi har inte ändrat något.',
    'You, or someone else, just entered your email address in the registration for {titel}. You are already registered and we have changed nothing.',
  ],
  'mejl.nylank.amne': [
    'Länk till din anmälan: {titel}, {datum}',
    'Link to your registration: {titel}, {datum}',
  ],
  'mejl.nylank.text': [
    'Här är länken till din anmälan till {titel}.',
    'Here is the link to your registration for {titel}.',
  ],
  'mejl.andrat.text': ['Detta har ändrats för {titel}:', 'This has changed for {titel}:'],
  'mejl.andrat.kvar': [
    'Du är fortfarande anmäld. En ny inbjudan till kalendern följer med.',
    'You are still registered. A new calendar invitation is attached.',
  ],
  'mejl.installt.text': [
    'Vi ställer in {titel} {datum}. {orsak}',
    '{titel} on {datum} is cancelled. {orsak}',
  ],
  'mejl.installt.avboka': ['Du behöver inte avboka dig.', 'You do not need to cancel your registration.'],
  'mejl.avbokad.text': [
    'Du är avbokad från {titel}. Välkommen en annan gång.',
    'Your place at {titel} is cancelled. We hope to see you another time.',
  ],
  'mejl.nyadress.amne': ['Ny e-postadress: {titel}, {datum}', 'New email address: {titel}, {datum}'],
  'mejl.nyadress.text': [
    'Anmälan till {titel} har fått en annan e-postadress. Bekräftelsen går dit. Därför tar vi bort evenemanget ur kalendern på den här adressen.',
    'The registration for {titel} has been given another email address, and the confirmation goes there. That is why we remove the event from the calendar of this address.',
  ],
  'mejl.andrat.tid': [
    'Ny tid: {nar}. Den gamla tiden var {gammal}.',
    'New time: {nar}. The old time was {gammal}.',
  ],
  'mejl.andrat.plats': [
    'Ny plats: {var}. Den gamla var {gammal}.',
    'New place: {var}. The old one was {gammal}.',
  ],
  'mejl.andrat.lank.forsta': [
    'Nu finns länken till mötet. Den står nedan.',
    'The link to the meeting is here. You find it below.',
  ],
  'mejl.andrat.lank.ny': [
    'Mötet har fått en ny länk. Den står nedan, och den gamla gäller inte längre.',
    'The meeting has a new link. You find it below, and the old one is no longer valid.',
  ],
  'mejl.andrat.lank.bort': [
    'Länken till mötet som du har fått gäller inte längre. Vi mejlar en ny före evenemanget.',
    'The link to the meeting that you have is no longer valid. We will email a new one before the event.',
  ],
  'mejl.anmaldav': ['{namn} har anmält dig.', '{namn} has registered you.'],
  'mejl.lista.amne': [
    'Du har anmält kollegor: {titel}, {datum}',
    'You have registered colleagues: {titel}, {datum}',
  ],
  'mejl.lista.text': [
    'Du har anmält de här personerna till {titel}, {nar}:',
    'You have registered these people for {titel}, {nar}:',
  ],
  'mejl.lista.sedan': [
    'Var och en får ett eget mejl med besked om sin plats och en egen länk för att ändra eller avboka.',
    'Each of them gets an email of their own that tells about their seat, with a link of their own to change or cancel.',
  ],
  'mejl.vantelista.amne': ['Väntelista: {titel}, {datum}', 'Waiting list: {titel}, {datum}'],
  'mejl.vantelista.text': [
    'Platserna till {titel} är slut. Du står på väntelistan.',
    '{titel} is full. You are on the waiting list.',
  ],
  'mejl.ko.plats': [
    'Du är nummer {nummer} på väntelistan för att delta på plats.',
    'You are number {nummer} on the waiting list for the on-site seats.',
  ],
  'mejl.ko.digitalt': [
    'Du är nummer {nummer} på väntelistan för att delta digitalt.',
    'You are number {nummer} on the waiting list for the online seats.',
  ],
  'mejl.ko.sedan': [
    'Du får en plats när en blir ledig och det är din tur. Då är du anmäld, och vi mejlar dig. Du behöver inte göra något nu.',
    'You get a seat when one becomes free and it is your turn. You are then registered, and we email you. You do not need to do anything now.',
  ],
  'mejl.ko.slut': [
    'Väntelistan stänger {slut}. Då får du besked också om det inte blev någon plats.',
    'The waiting list closes on {slut}. We will then tell you also if there was no seat.',
  ],
  'mejl.lank.ko': [
    'Se din plats i kön, ändra eller lämna väntelistan',
    'See your place in the queue, change your details or leave the waiting list',
  ],
  'mejl.erbjudande.amne': ['Du har fått en plats: {titel}, {datum}', 'You have a seat: {titel}, {datum}'],
  'mejl.erbjudande.text': [
    'En plats har blivit ledig och du är nu anmäld till {titel}.',
    'A seat has become free and you are now registered for {titel}.',
  ],
  'mejl.erbjudande.avboka': [
    'Kan du inte komma? Avboka med länken nedan, så får nästa person på väntelistan platsen.',
    'If you cannot come, cancel with the link below so that the next person on the list gets the seat.',
  ],
  'mejl.utanplats.amne': [
    'Du står på väntelistan: {titel}, {datum}',
    'Moved to the waiting list: {titel}, {datum}',
  ],
  'mejl.utanplats.text': [
    'Platserna till {titel} har blivit färre och räcker inte till dig. Vi beklagar det. Du står nu på väntelistan, och vi tar bort evenemanget ur din kalender.',
    'There are now fewer seats at {titel}, and not one for you. We are sorry. You are on the waiting list, and we remove the event from your calendar.',
  ],
  'mejl.ingenplats.amne': [
    'Ingen plats blev ledig: {titel}, {datum}',
    'No seat became free: {titel}, {datum}',
  ],
  'mejl.ingenplats.text': [
    'Väntelistan till {titel} är stängd, och det blev tyvärr ingen plats till dig. Vi hoppas att vi ses en annan gång.',
    'The waiting list for {titel} is closed, and sadly there was no seat for you. We hope to see you another time.',
  ],
  'mejl.lamnat.amne': [
    'Du har lämnat väntelistan: {titel}, {datum}',
    'You have left the waiting list: {titel}, {datum}',
  ],
  'mejl.lamnat.text': [
    'Du står inte längre på väntelistan till {titel}. Välkommen en annan gång.',
    'You are no longer on the waiting list for {titel}. We hope to see you another time.',
  ],
  'mejl.redan.ko.amne': [
    'Du står redan på väntelistan: {titel}, {datum}',
    'You are already on the waiting list: {titel}, {datum}',
  ],
  'mejl.redan.ko.text': [
    'Du, eller någon annan, fyllde nyss i din e-postadress i anmälan till {titel}. Du står redan på väntelistan och vi har inte ändrat något.',
    'You, or someone else, just entered your email address in the registration for {titel}. You are already on the waiting list and we have changed nothing.',
  ],
  'mejl.andrat.ko': ['Du står fortfarande på väntelistan.', 'You are still on the waiting list.'],
  'mejl.installt.ko': ['Du behöver inte göra något.', 'You do not need to do anything.'],
  'mejl.paminnelse.amne': ['Påminnelse: {titel}, {datum}', 'Reminder: {titel}, {datum}'],
  'mejl.paminnelse.text': ['Snart är det dags för {titel}.', '{titel} is coming up.'],
  'mejl.paminnelse.avboka': [
    'Kan du inte komma? Avboka med länken nedan, så att någon annan får din plats.',
    'If you cannot come, cancel with the link below so that someone else can have your place.',
  ],
  'mejl.lank.amne': ['Möteslänk: {titel}, {datum}', 'Meeting link: {titel}, {datum}'],
  'mejl.lank.text': [
    'Här är länken till mötet. Anslut gärna några minuter innan {titel} börjar.',
    'Here is the link to the meeting. Please join a few minutes before {titel} starts.',
  ],
  'mejl.lank.anslut': ['Anslut till mötet', 'Join the meeting'],
  'mejl.lank.anmalda': [
    'Länkarna är till för dig som är anmäld. Skicka dem inte vidare.',
    'The links are for you who are registered. Do not forward them.',
  ],
  'mejl.tack.amne': ['Tack för att du var med: {titel}', 'Thank you for coming: {titel}'],
  'mejl.tack.text': [
    'Tack för att du deltog i {titel}. Vi hoppas att du fick med dig något att använda.',
    'Thank you for taking part in {titel}. We hope that you found something to use.',
  ],
  'mejl.dokumentation': [
    'Här är dokumentationen. Den finns också på evenemangets sida: {sida}',
    'Here is the documentation. You also find it on the page of the event: {sida}',
  ],
  'mejl.saknad.amne': ['Vi saknade dig: {titel}', 'We missed you: {titel}'],
  'mejl.saknad.text': [
    'Du var anmäld till {titel} men kunde visst inte vara med. Vi hoppas att vi ses en annan gång.',
    'You were registered for {titel} but it seems that you could not come. We hope to see you another time.',
  ],
  'mejl.fraga.amne': ['Kommer du? {titel}, {datum}', 'Are you coming? {titel}, {datum}'],
  'mejl.fraga.text': [
    'Vi har fått ett nej från en kalender på din inbjudan till {titel}. Vi har inte ändrat något: du har kvar din plats.',
    'A calendar answered no to your invitation to {titel}. We have changed nothing: you still have your seat.',
  ],
  'mejl.fraga.svara': [
    'Kommer du inte? Avboka med länken nedan, så kan någon annan få platsen. Kommer du? Säg det på samma sida.',
    'If you are not coming, cancel with the link below so that somebody else can have the seat. If you are coming, say so on the same page.',
  ],
  'mejl.fraga.lank': ['Avboka eller behåll din plats', 'Cancel or keep your place'],
  'mejl.svensktid': ['svensk tid', 'Swedish time'],
  'mejl.kalender.program': ['Program', 'Programme'],
  'system.tillEvenemangen': ['Till evenemangen', 'To the events'],
} as const;
