import type { DateFormats } from './date-formats.ts';

/** What the office calls this language. */
export const name = 'svenska';

/** "den 11 februari 2027", "klockan 9.00–12.00". */
export const dates: DateFormats = {
  locale: 'sv',
  day: "'den' d MMMM yyyy",
  clock: 'H.mm',
  tableClock: 'HH.mm',
  beforeSpan: 'klockan ',
  beforeClock: 'klockan',
};

/**
 * What visitors' pages and letters say, in ICU message syntax. Dates are given as words (dates.ts). The keys of the
 * Swedish texts, and the placeholders in them, are those of every language.
 */
export const texts = {
  'gemensamt.hoppa': 'Hoppa till innehållet',
  'gemensamt.meny': 'Huvudmeny',
  'gemensamt.spraklank': 'På svenska',
  'gemensamt.kontakt.rubrik': 'Kontakt',
  'gemensamt.sidfot.tillganglighet': 'Tillgänglighetsredogörelse',
  'gemensamt.sidfot.personuppgifter': 'Så behandlar vi dina personuppgifter',
  'gemensamt.sidfot.kakor': 'Kakor',
  'gemensamt.sidfot.om': 'Om webbplatsen',
  'gemensamt.sidfot.orgnr': 'Organisationsnummer {nummer}',
  'gemensamt.evenemang': 'Evenemang',
  'gemensamt.allaEvenemang': 'Alla evenemang',
  'gemensamt.exempel': 'Det här är ett exempel. Personerna är påhittade och evenemanget finns inte.',
  'gemensamt.exempel.lista': 'Det här är ett exempel. Personerna är påhittade och evenemangen finns inte.',
  'gemensamt.svenska': 'Texterna om evenemanget är på svenska.',
  'gemensamt.externlank': 'länk till annan webbplats',
  'lista.rubrik': 'Kommande evenemang',
  'lista.titel': 'Kunskap och goda exempel för dig som arbetar med barns uppväxtvillkor',
  'lista.tidigare': 'Tidigare evenemang',
  'lista.tom':
    'Det finns inga kommande evenemang just nu. Titta gärna in igen, eller prenumerera på kalendern.',
  'lista.folj.rubrik': 'Prenumerera på kalendern',
  'lista.folj.text': 'Då står evenemangen i din egen kalender, och nya evenemang kommer dit av sig själva.',
  'lista.folj.urval': 'Prenumerationen gäller det du har valt att visa här.',
  'lista.folj.oppna': 'Öppna i ditt kalenderprogram',
  'lista.folj.adress': 'Eller kopiera adressen, till exempel för Google Kalender och Outlook på webben:',
  'lista.folj.slapar':
    'Ändringar syns inte genast. I Outlook kan det ta några timmar, i Google Kalender 8–24 timmar. Är du anmäld mejlar vi dig alltid när tid eller plats ändras.',
  'lista.folj.anmald':
    'Är du anmäld behöver du inte prenumerera. Inbjudan i bekräftelsen lägger evenemanget i din kalender, och med en prenumeration skulle det stå där två gånger.',
  'kalender.installt': 'Inställt: {titel}',
  'lista.ingaTraffar': 'Inga evenemang stämmer med det du valde.',
  'lista.visaAlla': 'Visa alla evenemang',
  'lista.senast': 'Anmäl dig senast {dag}',
  'lista.senast.ko': 'Ställ dig på väntelistan senast {dag}',
  'lista.oppnar': 'Anmälan öppnar {dag}',
  'lista.filter.rubrik': 'Visa evenemang',
  'lista.filter.lan': 'Län',
  'lista.filter.typ': 'Typ',
  'lista.filter.ar': 'År',
  'lista.filter.alla': 'Alla',
  'lista.filter.visa': 'Visa',
  'lista.antal': '{antal, plural, =0 {Inga träffar} one {1 evenemang} other {# evenemang}}',
  'lista.sidor': 'Sidor i listan',
  'lista.sida': 'Sida {nummer}',
  'lista.foregaende': 'Föregående sida',
  'lista.nasta': 'Nästa sida',
  'lista.slut': 'Listan har inga fler evenemang.',
  'lage.draft': 'Utkast',
  'lage.upcoming': 'Kommande',
  'lage.open': 'Öppen',
  'lage.full': 'Fullt',
  'lage.full.plats': 'Fullt på plats',
  'lage.full.digitalt': 'Fullt digitalt',
  'lage.vantelista': '{lage}, väntelista',
  'lage.kvar.plats': 'Platser kvar på plats',
  'lage.kvar.digitalt': 'Platser kvar digitalt',
  'lage.closed': 'Stängd',
  'lage.cancelled': 'Inställt',
  'lage.past': 'Genomfört',
  'lage.flyttat': 'Ny tid',
  'evenemang.nar': 'När',
  'evenemang.var': 'Var',
  'evenemang.var.digitalt': 'Digitalt. {lank}',
  'evenemang.var.hybrid': '{plats}, eller digitalt',
  'evenemang.kostnad': 'Kostnad',
  'evenemang.kostnad.fri': 'Det kostar inget att delta',
  'evenemang.sista': 'Sista anmälningsdag',
  'evenemang.platser': 'Platser',
  'evenemang.ikorthet': 'I korthet',
  'evenemang.lyssna': 'Du får lyssna till',
  'evenemang.malgrupp': 'Vem kan delta',
  'evenemang.program': 'Program',
  'evenemang.tillganglighet': 'Tillgänglighet',
  'evenemang.arrangor': 'Arrangör',
  'evenemang.kalenderfil': 'Spara dagen i kalendern utan att anmäla dig',
  'evenemang.kalenderfil.hjalp':
    'Den som anmäler sig får i stället en inbjudan med mejl. Den ändras om dagen flyttas, men det gör inte filen (ics).',
  'evenemang.platserkvar':
    '{antal, plural, =0 {Platserna är slut} one {1 plats kvar} other {# platser kvar}}',
  'evenemang.platserkvar.satt':
    '{satt}: {antal, plural, =0 {fullt} one {1 plats kvar} other {# platser kvar}}',
  'evenemang.ko': 'Väntelista',
  'evenemang.ko.antal':
    '{antal, plural, =0 {Ingen väntar än} one {1 person väntar} other {# personer väntar}}',
  'evenemang.ko.antal.satt': '{satt}: {antal, plural, =0 {ingen väntar än} one {1 väntar} other {# väntar}}',
  'evenemang.ko.slut': 'Stänger {slut}',
  'evenemang.installt.rubrik': 'Evenemanget är inställt',
  'evenemang.flyttat': 'Evenemanget har fått ny tid: {nar}. Var: {var}. Den gamla tiden var {gammal}.',
  'evenemang.genomfort': 'Evenemanget är genomfört.',
  'evenemang.genomfort.dokumentation': 'Evenemanget är genomfört. Här hittar du dokumentation.',
  'evenemang.dokumentation': 'Dokumentation',
  'sista.oppen': 'Sista anmälningsdag är den {datum} klockan {tid}.',
  'sista.kort': '{datum} klockan {tid}',
  'sista.snart': 'Anmälan stänger i dag klockan {tid}.',
  'sista.inteoppnad': 'Anmälan öppnar den {datum}.',
  'sista.stangd': 'Det går inte längre att anmäla sig. Sista anmälningsdag var den {datum} klockan {tid}.',
  'sista.stangdSomIdag':
    'Det är inte tillåtet att göra anmälningar längre. Sista anmälningsdag var den {datum} klockan {tid}.',
  'sista.stangdKontakt': 'Har du frågor om evenemanget? Kontakta {namn}, {epost}.',
  'sista.underIfyllning':
    'Anmälan stängde klockan {tid}, medan du fyllde i formuläret. Därför kunde vi inte ta emot din anmälan.',
  'anmalan.rubrik': 'Anmäl dig',
  'anmalan.stangd.rubrik': 'Anmälan',
  'anmalan.sedan': 'Du kan ändra dina uppgifter till och med {andra} och avboka till och med {avboka}.',
  'anmalan.sedan.start':
    'Du kan ändra dina uppgifter till och med {andra} och avboka tills evenemanget börjar.',
  'anmalan.alla': 'Du behöver svara på alla frågor.',
  'anmalan.fullt': 'Platserna är slut.',
  'anmalan.fullt.utanko': 'Platserna är slut, och väntelistan är stängd.',
  'anmalan.fullt.plats': 'Det är fullt på plats.',
  'anmalan.fullt.digitalt': 'Det är fullt digitalt.',
  'anmalan.falla': 'Lämna tomt',
  'anmalan.annatsatt':
    'Kan du inte använda formuläret? {har, select, telefon {Ring eller mejla} other {Mejla}} {namn} så hjälper vi dig att anmäla dig.',
  'anmalan.skyddad':
    'Har du skyddade personuppgifter? Anmäl dig inte här. {har, select, telefon {Ring {telefon} i stället.} other {Be {namn} ringa dig i stället, och skriv inget annat om dig i mejlet än ett telefonnummer.}}',
  'anmalan.skicka': 'Skicka anmälan',
  'anmalan.ko': 'Ställ dig på väntelistan',
  'anmalan.ko.text': 'Från väntelistan får du en plats när en blir ledig och det är din tur.',
  'anmalan.kollega': 'Anmäl en kollega också',
  'kollegor.rubrik': 'Anmäl dig och dina kollegor',
  'kollegor.bara.rubrik': 'Anmäl dina kollegor',
  'kollegor.text':
    'Organisation och kommun gäller för alla i anmälan. Varje kollega får ett eget mejl, och där står att du har gjort anmälan.',
  'kollegor.kollega': 'Kollega {nummer}',
  'kollegor.taBort': 'Ta bort',
  'kollegor.bara': 'Jag anmäler bara andra och kommer inte själv',
  'kollegor.bara.hjalp': 'Då behöver du inte svara på vilken roll du har och hur du vill delta.',
  'kollegor.bara.epost': 'Vi skickar listan över dem du anmäler dit.',
  'kollegor.brist':
    '{antal, plural, one {1 person} other {# personer}} i anmälan vill delta {satt, select, plats {på plats} other {digitalt}}, men {kvar, plural, =0 {de platserna är slut} one {det finns 1 plats kvar} other {det finns # platser kvar}}.',
  'kollegor.brist.ko':
    'Skickar du anmälan igen {kvar, plural, =0 {ställs {antal, plural, one {den personen} other {alla #}} på väntelistan} one {får den första en plats, och {rest, plural, one {den andra} other {de andra #}} ställs på väntelistan} other {får de # första en plats, och {rest, plural, one {den sista} other {de andra #}} ställs på väntelistan}}.',
  'kollegor.andra': 'Du kan också ändra hur någon deltar, eller ta bort någon.',
  'kollegor.andra.taBort': 'Du kan också ta bort någon.',
  'kollegor.stangd': 'Ändra hur någon deltar, eller ta bort någon, och skicka anmälan igen.',
  'kollegor.stangd.taBort': 'Ta bort någon och skicka anmälan igen.',
  'falt.fornamn': 'Förnamn',
  'falt.efternamn': 'Efternamn',
  'falt.epost': 'E-postadress',
  'falt.epost.hjalp': 'Fyll i en giltig e-postadress. Vi skickar bekräftelsen och eventuell möteslänk dit.',
  'falt.epost.hjalp.ko': 'Fyll i en giltig e-postadress. Vi mejlar dit om du får en plats.',
  'falt.kommun': 'Kommun',
  'falt.kommun.valj': 'Välj i listan',
  'falt.kommun.annan': 'Annan (jag företräder ingen av länets kommuner)',
  'falt.organisation': 'Organisation',
  'falt.roll': 'Vilken roll har du?',
  'falt.roll.fortroendevald': 'Förtroendevald',
  'falt.roll.chef': 'Chef',
  'falt.roll.strategisk': 'Strategisk tjänsteperson',
  'falt.roll.tjansteperson': 'Tjänsteperson',
  'falt.roll.annan': 'Annan roll',
  'falt.roll.kort': 'Roll',
  'falt.deltagande': 'Hur vill du delta?',
  'falt.deltagande.plats': 'På plats',
  'falt.deltagande.digitalt': 'Digitalt',
  'falt.deltagande.lank':
    '{lank, select, kommer {Du får länken i ett mejl före evenemanget.} bekraftelse {Länken står i bekräftelsen.} other {Länken står i ett mejl från oss och här på sidan.}}',
  'falt.deltagande.ko': '{satt}, väntelista ({antal, plural, =0 {ingen före dig} other {# före dig}})',
  'falt.deltagande.ko.hjalp': 'Platserna är slut. Du får en plats när en blir ledig och det är din tur.',
  'falt.deltagande.ko.bada':
    'Välj ett eller båda. Väljer du båda får du den plats som blir ledig först, och lämnar då den andra väntelistan.',
  'falt.deltagande.ko.min': '{satt}, du är nummer {nummer} på väntelistan',
  'falt.deltagande.ko.ledig':
    'Här finns platser kvar. Väljer du det här sättet får du en plats direkt och lämnar väntelistan.',
  'falt.deltagande.kort': 'Deltar',
  'falt.deltagande.vill': 'Vill delta',
  'falt.deltagande.ville': 'Ville delta',
  'falt.ja': 'Ja',
  'falt.nej': 'Nej',
  'fel.titelprefix': 'Fel: ',
  'fel.sammanfattning':
    '{antal, plural, one {Det finns 1 fel i formuläret} other {Det finns # fel i formuläret}}',
  'fel.fornamn': 'Skriv ditt förnamn, till exempel Åsa. Har du bara ett namn skriver du det i båda fälten',
  'fel.efternamn':
    'Skriv ditt efternamn, till exempel Öberg. Har du bara ett namn skriver du det i båda fälten',
  'fel.namn.tecken': 'Ett namn kan inte innehålla ”{tecken}”. Skriv det utan det tecknet',
  'fel.namn.punkt': 'Skriv ett mellanslag efter punkten i namnet, till exempel A. K. Berg',
  'fel.epost.saknas': 'Skriv din e-postadress, till exempel namn@example.se',
  'fel.epost.format': 'Skriv en e-postadress med @ och punkt, till exempel namn@example.se',
  'fel.epost.flera': 'Skriv en adress. Här står flera',
  'fel.epost.bokstaver':
    'Skriv adressen utan å, ä, ö och andra sådana tecken före @, till exempel asa.oberg@example.se',
  'fel.epost.nummer':
    'Skriv adressen med ett domännamn efter @ i stället för ett IP-nummer, till exempel namn@example.se',
  'fel.epost.annat':
    'Kontrollera adressen. Det står ett tecken i den som inte kan vara där, eller så är den för lång',
  'fel.kommun': 'Välj kommun, eller Annan',
  'fel.organisation': 'Skriv vilken organisation du företräder, till exempel Motala kommun',
  'fel.roll': 'Välj vilken roll du har',
  'fel.deltagande': 'Välj om du deltar på plats eller digitalt',
  'fel.deltagande.baraPlats': 'Det går inte att delta digitalt i det här evenemanget. Välj På plats',
  'fel.deltagande.baraDigitalt': 'Det går inte att delta på plats i det här evenemanget. Välj Digitalt',
  'fel.enrad': 'Skriv svaret på en enda rad, utan radbrytningar, till exempel Motala kommun',
  'fel.forlangt': 'Svaret får vara högst {max} tecken. Du har skrivit {antal}.',
  'fel.webbadress': 'Skriv svaret utan webbadress.',
  'fel.personnummer': 'Det ser ut som ett personnummer. Ta bort det, vi behöver det inte.',
  'fel.personnummer.fraga':
    'Det ser ut som ett personnummer. Ta bort det, vi behöver det inte. Om det är något annat kryssar du i rutan.',
  'falt.ingetPersonnummer': 'Det är inget personnummer',
  'fel.fullt':
    'Platserna på plats tog slut medan du fyllde i formuläret. Vill du delta digitalt i stället? Vi har valt Digitalt åt dig, så det är bara att skicka anmälan igen.',
  'fel.fulltDigitalt':
    'De digitala platserna tog slut medan du fyllde i formuläret. Vill du delta på plats i stället? Vi har valt På plats åt dig, så det är bara att skicka anmälan igen.',
  'fel.fullt.valj.plats':
    'Platserna på plats tog slut medan du fyllde i formuläret. Välj digitalt eller väntelistan',
  'fel.fullt.valj.digitalt':
    'De digitala platserna tog slut medan du fyllde i formuläret. Välj på plats eller väntelistan',
  'fel.fullt.byte':
    'Platserna är slut för det sätt du valde. Du har kvar din plats. Välj till exempel det sätt du hade',
  'fel.platsMedan.plats':
    'Du står inte längre på väntelistan. Du är anmäld och deltar på plats. Läs igenom dina svar och spara igen',
  'fel.platsMedan.digitalt':
    'Du står inte längre på väntelistan. Du är anmäld och deltar digitalt. Läs igenom dina svar och spara igen',
  'fel.fullt.ko': 'Väntelistan är stängd för det sätt du valde. Välj det du väntar på',
  'fel.manga':
    'Just nu anmäler sig många från samma nät som du. Vänta {minuter, plural, one {en minut} other {# minuter}} och skicka sedan igen. Det du har skrivit står kvar.',
  'fel.kollega': 'Kollega {nummer}: {fel}',
  'fel.kollega.fornamn':
    'Skriv ett förnamn, till exempel Åsa. Den som bara har ett namn får det i båda fälten',
  'fel.kollega.efternamn':
    'Skriv ett efternamn, till exempel Öberg. Den som bara har ett namn får det i båda fälten',
  'fel.kollega.epost': 'Skriv en e-postadress, till exempel namn@example.se',
  'fel.kollega.roll': 'Välj en roll',
  'fel.kollega.deltagande': 'Välj på plats eller digitalt',
  'fel.kollega.samma': 'Adressen står redan i formuläret. Skriv kollegans egen e-postadress',
  'fel.kollega.flest': 'Du kan anmäla högst {antal} kollegor på en gång. Ta bort någon',
  'nej.closed.rubrik': 'Anmälan har stängt',
  'nej.upcoming.rubrik': 'Anmälan har inte öppnat',
  'nej.full.rubrik': 'Platserna är slut',
  'nej.full.text':
    'Platserna tog slut medan du fyllde i formuläret. Därför kunde vi inte ta emot din anmälan.',
  'nej.full.koStangd':
    'Väntelistan stängde medan du fyllde i formuläret. Därför kunde vi inte ta emot din anmälan.',
  'nej.full.ko':
    'Platserna tog slut medan du fyllde i formuläret. Du är inte anmäld än, men du kan ställa dig på väntelistan. Det du skrev finns kvar.',
  'nej.cancelled.rubrik': 'Evenemanget är inställt',
  'nej.cancelled.text': 'Därför kunde vi inte ta emot din anmälan.',
  'nej.past.rubrik': 'Evenemanget är genomfört',
  'nej.past.text': 'Det går inte längre att anmäla sig.',
  'nej.duSkrev': 'Det här skrev du',
  'nej.tillEvenemanget': 'Till evenemanget',
  'klart.rubrik': 'Tack, du är anmäld',
  'klart.text': 'Vi mejlar en bekräftelse till den adress du angav.',
  'klart.nu': 'Vad händer nu?',
  'klart.steg.bekraftelse':
    'Du får en bekräftelse med inbjudan till kalendern. Titta i skräpposten om den inte kommer inom 15 minuter.',
  'klart.steg.kalender': 'I Outlook kan inbjudan stå som preliminär tills du svarar.',
  'klart.steg.lank': 'I mejlet finns också en personlig länk. Med den ändrar eller avbokar du din anmälan.',
  'klart.steg.digitalt': 'Deltar du digitalt? {lank}',
  'klart.vantelista.rubrik': 'Tack, du står på väntelistan',
  'klart.vantelista.text': 'Vi mejlar till den adress du angav. Du behöver inte göra något nu.',
  'klart.vantelista.nummer':
    'I mejlet står vilket nummer du har i kön. Titta i skräpposten om det inte kommer inom 15 minuter.',
  'klart.vantelista.sedan':
    'Du får en plats när en blir ledig och det är din tur. Då är du anmäld, och vi mejlar dig inbjudan till kalendern.',
  'klart.vantelista.lank':
    'I mejlet finns också en personlig länk. Med den ser du din plats i kön, ändrar dina uppgifter eller lämnar väntelistan.',
  'klart.kollegor.rubrik': 'Tack, anmälan är gjord',
  'klart.kollegor.text': 'Var och en får ett eget mejl, och du får en lista.',
  'klart.kollegor.mejl':
    'I mejlet står om man har fått en plats eller står på väntelistan. Den som har fått en plats får också en inbjudan till kalendern.',
  'klart.kollegor.lank':
    'I mejlet finns också en personlig länk. Med den ändrar eller avbokar var och en sin egen anmälan.',
  'klart.kollegor.lista':
    'Listan över dem du har anmält kommer till den e-postadress du angav. Titta i skräpposten om den inte kommer inom 15 minuter.',
  'klart.kollegor.digitalt':
    '{lank, select, kommer {Den som deltar digitalt får länken i ett mejl före evenemanget.} other {Den som deltar digitalt har länken i sin bekräftelse.}}',
  'min.rubrik': 'Din anmälan',
  'min.lage.confirmed': 'Anmäld',
  'min.lage.waiting': 'På väntelistan',
  'min.lage.cancelled': 'Avbokad',
  'min.lage.lamnat': 'Inte längre på väntelistan',
  'min.lista.rubrik': 'Din anmälan av kollegor',
  'min.lista.anmalda': 'De här har du anmält',
  'min.lista.sparat':
    'Om dig sparar vi namn och e-postadress, så att de du har anmält vet vem som gjorde det, och mejlen som vi har skickat till dig.',
  'min.gammal':
    'Evenemanget var för mer än 30 dagar sedan. Här kan du se dina uppgifter så länge vi har dem kvar, men inte ändra något.',
  'min.uppgifter': 'Dina uppgifter',
  'min.pagar': 'Evenemanget har börjat. Det går inte längre att ändra eller avboka.',
  'min.intenu': 'Då kan du ändra dina uppgifter här.',
  'min.stangd':
    'Anmälan har stängt. Du kan inte längre ändra dina uppgifter, men du kan avboka fram till att evenemanget börjar.',
  'min.arAvbokad': 'Din anmälan är avbokad.',
  'min.ko.rubrik': 'Din plats i kön',
  'min.ko.ingen': 'Väntelistan är stängd, och det blev tyvärr ingen plats till dig.',
  'min.ko.stangd':
    'Anmälan har stängt. Du kan inte längre ändra dina uppgifter, men du kan lämna väntelistan.',
  'min.ko.lamnat': 'Du har lämnat väntelistan.',
  'min.ko.lamnat.klart': 'Du har lämnat väntelistan. Vi skickar en bekräftelse med mejl.',
  'min.igen': 'Anmäl dig igen',
  'min.igen.text': 'Har du ändrat dig? Det finns platser kvar.',
  'min.igen.ko':
    'Vill du ändå delta? Ställ dig på väntelistan, så får du en plats när en blir ledig och det är din tur.',
  'min.igen.fullt': 'Platserna är slut, så du kan inte anmäla dig igen just nu.',
  'min.igen.annatsatt': 'Vill du delta på det andra sättet? Anmäl dig då på evenemangets sida.',
  'min.igen.gjort':
    'Den här anmälan gäller inte längre, eftersom du har anmält dig igen. Länken till den nya anmälan finns i mejlet som du fick då.',
  'min.andra': 'Ändra dina uppgifter',
  'min.andra.senast': 'Du kan ändra till och med den {datum} klockan {tid}.',
  'min.andra.stangd': 'Det går inte längre att ändra uppgifterna. Sista dagen var den {datum} klockan {tid}.',
  'min.avboka.senast': 'Du kan avboka till och med den {datum} klockan {tid}.',
  'min.avboka.stangd':
    'Det går inte längre att avboka här. Sista dagen var den {datum} klockan {tid}. Kan du inte komma? Kontakta {namn}, {epost}.',
  'min.andrat': 'Dina uppgifter är ändrade.',
  'min.andrat.aven': 'Någon annan har under tiden ändrat: {falt}. Båda ändringarna är sparade.',
  'min.krock.rubrik': 'Någon annan har ändrat under tiden',
  'min.krock.text': 'Inget av det du skrev är sparat än. Välj vad som ska gälla.',
  'min.krock.vad': 'Uppgift',
  'min.krock.nu': 'Står nu',
  'min.krock.du': 'Du skrev',
  'min.krock.tomt': 'tomt',
  'min.krock.spara': 'Spara det jag skrev',
  'min.krock.behall': 'Behåll det som står nu',
  'min.spara': 'Spara ändringarna',
  'min.avboka': 'Avboka din plats',
  'min.avboka.rubrik': 'Kan du inte komma?',
  'min.avboka.text':
    'Avboka så snart du vet, så att någon annan kan få platsen. Du kan anmäla dig igen om det finns platser kvar.',
  'min.avboka.sent':
    'Avboka så att vi vet hur många som kommer. Anmälan har stängt, så du kan inte anmäla dig igen.',
  'min.avboka.fraga': 'Vill du avboka din plats på ”{titel}”?',
  'min.avboka.hjalp':
    '{plats, select, ko {Din plats går till den som står först på väntelistan.} ledig {Då kan någon annan få din plats.} other {Då vet vi hur många som kommer.}}',
  'min.avboka.igen': 'Du kan anmäla dig igen om det finns platser kvar.',
  'min.avboka.inteIgen': 'Anmälan har stängt, så du kan inte anmäla dig igen.',
  'min.avboka.ja': 'Ja, avboka',
  'min.avboka.nej': 'Nej, behåll min plats',
  'min.lamna': 'Lämna väntelistan',
  'min.lamna.rubrik': 'Vill du inte vänta längre?',
  'min.lamna.hjalp':
    'Lämna väntelistan om du inte kan delta, så att platsen går till någon som kan. Du kan ställa dig på väntelistan igen, men då sist.',
  'min.lamna.sent':
    'Lämna väntelistan om du inte kan delta, så att platsen går till någon som kan. Anmälan har stängt, så du kan inte ställa dig på listan igen.',
  'min.lamna.fraga': 'Vill du lämna väntelistan till ”{titel}”?',
  'min.lamna.ja': 'Ja, lämna väntelistan',
  'min.lamna.nej': 'Nej, stå kvar',
  'min.nej.rubrik': 'Din kalender har svarat nej',
  'min.nej.rubrik.annan': 'En kalender har svarat nej på inbjudan',
  'min.nej.text':
    'Du har kvar din plats tills du avbokar. Kommer du inte? Avboka, så kan någon annan få platsen.',
  'min.nej.kommer': 'Jag kommer',
  'min.kvar':
    'Du är kvar som anmäld. Har kalendern tagit bort evenemanget? Hämta din inbjudan igen här på sidan.',
  'min.kalenderfil': 'Hämta din inbjudan till kalendern (ics-fil)',
  'min.avbokad': 'Din anmälan är avbokad. Vi skickar en bekräftelse med mejl.',
  'min.paminnelser.rubrik': 'Påminnelser med mejl',
  'min.paminnelser.fraga': 'Vill du stänga av påminnelser om ”{titel}”?',
  'min.paminnelser.text':
    'Då får du inga påminnelser före evenemanget och inga mejl efter det. Om något ändras eller ställs in mejlar vi dig ändå, och du är fortfarande anmäld.',
  'min.paminnelser.text.slut':
    'Om något ändras eller ställs in mejlar vi dig ändå. Du är fortfarande anmäld.',
  'min.paminnelser.ja': 'Ja, inga påminnelser',
  'min.paminnelser.nej': 'Nej, fortsätt påminna mig',
  'min.paminnelser.slut': 'Du får inga påminnelser',
  'min.paminnelser.igen': 'Ångra, jag vill ha påminnelser',
  'min.paminnelser.gjort': 'Du får påminnelser igen.',
  'min.paminnelser.valj': 'Stäng av påminnelser',
  'min.paminnelser.valjIgen': 'Få påminnelser igen',
  'min.utdrag': 'Hämta alla uppgifter vi har om dig i den här anmälan (JSON)',
  'min.lankOgiltig': 'Länken gäller inte längre. Skriv din e-postadress så skickar vi en ny.',
  'min.lank.okand.rubrik': 'Länken fungerar inte',
  'min.nyLank.redan': 'Redan anmäld? Få länken till din anmälan',
  'min.nyLank.rubrik': 'Få länken igen',
  'min.nyLank.text':
    'Har du tappat bort länken till din anmälan? Skriv din e-postadress så skickar vi en ny.',
  'min.nyLank.skicka': 'Skicka ny länk',
  'min.nyLankSvar': 'Finns det en anmälan med den adressen får du strax ett mejl med en ny länk.',
  'kod.rubrik': 'Visa koden vid ingången',
  'kod.bild': 'Din kod vid ingången',
  'kod.text':
    'Den som tar emot dig läser av koden med sin telefon. Koden är bara din. Fungerar den inte räcker det att du säger ditt namn.',
  'kod.tillbaka': 'Till din anmälan',

  'delta.rubrik': 'Delta digitalt',
  'delta.oppen':
    'Gå in som anmäld, så räknas du som närvarande. Vill du inte räknas kan du gå in utan att markeras.',
  'delta.anmald': 'Gå in som anmäld',
  'delta.utan': 'Gå in utan att markeras',
  'delta.klart': 'Du är markerad som närvarande.',
  'delta.motet': 'Till mötet',
  'delta.tidigt': 'Mötet öppnar här {oppnar}. Ladda om sidan då.',
  'delta.slut': 'Evenemanget är slut, och mötet är stängt.',
  'delta.ingenLank':
    'Länken till mötet är inte ifylld än. Ladda om sidan om en stund, eller kontakta arrangören.',
  'delta.ingenPlats': 'Länken hör till en anmälan som inte gäller, så den leder inte till mötet.',
  'delta.min': 'Delta digitalt',
  'delta.min.plats': 'Kan du inte komma till lokalen? Delta digitalt i stället',
  'mejl.bekraftelse.amne': 'Bekräftelse: ”{titel}”, {datum}',
  'mejl.redan.amne': 'Du är redan anmäld: ”{titel}”, {datum}',
  'mejl.andrat.amne': 'Ändrat: ”{titel}”, {datum}',
  'mejl.andrat.tid.amne': 'Ny tid: ”{titel}”, {datum}',
  'mejl.andrat.plats.amne': 'Ny plats: ”{titel}”, {datum}',
  'mejl.andrat.tidplats.amne': 'Ny tid och plats: ”{titel}”, {datum}',
  'mejl.andrat.digitaltnu.amne': 'Du deltar digitalt: ”{titel}”, {datum}',
  'mejl.andrat.platsnu.amne': 'Du deltar på plats: ”{titel}”, {datum}',
  'mejl.installt.amne': 'Inställt: ”{titel}”, {datum}',
  'mejl.avbokad.amne': 'Avbokad: ”{titel}”, {datum}',
  'kakor.text':
    'Du som läser eller anmäler dig får inga kakor alls. Den som loggar in för att arrangera får två: {namn}, som håller reda på inloggningen, och {marke}, som visar vilken webbläsare som bad om att logga in. De behövs för att tjänsten ska fungera. Därför frågar vi inte om samtycke.',
  'kakor.tid':
    'Kakan {namn} försvinner vid utloggning, och annars sju dagar efter det senaste besöket. Inloggningen gäller i två timmar efter det senaste besöket, och som längst i tolv. Kakan {marke} försvinner efter en halvtimme. Den som markerar närvaro vid ingången får dessutom listan sparad i webbläsaren till midnatt, så att det går att markera utan nät.',
  'dataskydd.kort':
    '{myndighet} använder dina uppgifter för att genomföra evenemanget. Den rättsliga grunden är att vi utför en uppgift av allmänt intresse. Det du skickar in blir allmän handling.',
  'dataskydd.lank': 'Läs mer om hur vi behandlar dina personuppgifter',
  'dataskydd.ansvarig.rubrik': 'Vem ansvarar för uppgifterna?',
  'dataskydd.ansvarig':
    '{myndighet}, organisationsnummer {orgnr}, är personuppgiftsansvarig. Dataskyddsombudet når du på',
  'dataskydd.ansvarig.flera':
    'Varje länsstyrelse ansvarar för uppgifterna i anmälan till sina egna evenemang.',
  'dataskydd.andamal.rubrik': 'Vilka uppgifter behandlar vi, och varför?',
  'dataskydd.andamal':
    'Vi behandlar namn, e-postadress, organisation, kommun, roll och om du deltar på plats eller digitalt. Det gör vi för att ta emot anmälan, skicka information om evenemanget, planera lokalen, föra närvaro och ta fram statistik utan namn.',
  'dataskydd.kollega': 'Har en kollega anmält dig sparar vi också vem det var. Det står i din bekräftelse.',
  'dataskydd.maste':
    'Du måste svara på alla frågor i anmälan för att kunna delta. Vi fattar inga automatiska beslut om dig.',
  'dataskydd.ip':
    'När du anmäler dig eller ber om en ny länk räknar vi hur många som gör det från samma nät under {under} minuter. Vi sparar inte ip-adressen, bara ett krypterat kontrolltal för nätet. För räkningen sparas det i högst {hogst} minuter. Går formuläret inte att ta emot håller vi ip-adressen i minnet i fem minuter.',
  'dataskydd.natverk':
    'Tillsammans med en anmälan sparar vi kontrolltalet för nätet längre, i {timmar} timmar. Då kan arrangören se om många påhittade anmälningar kommer från samma håll.',
  'dataskydd.inloggning':
    'När någon ber om att logga in för att arrangera räknar vi det på samma sätt, men under 15 minuter, och tar bort kontrolltalet inom 20 minuter. Om den som är inloggad sparar vi i sju dagar vilket slags webbläsare det är. Lika länge sparar vi det som någon har skrivit i ett formulär och inte hunnit skicka.',
  'dataskydd.medverkande':
    'Medverkar du i ett evenemang står ditt namn, din titel och din organisation på evenemangets sida. Din e-postadress, ditt telefonnummer och den teknik du behöver sparar vi i ett register och visar inte för besökare. Ett porträtt visar vi bara om du har sagt ja, och du kan ta tillbaka ditt ja på din personliga sida.',
  'dataskydd.grund.rubrik': 'Rättslig grund',
  'dataskydd.grund':
    'Rättslig grund är uppgift av allmänt intresse (artikel 6.1 e i dataskyddsförordningen).',
  'dataskydd.mottagare.rubrik': 'Vilka får se uppgifterna?',
  'dataskydd.mottagare':
    'Bara de som arbetar med länsstyrelsens evenemang ser dina uppgifter. Den som begär ut allmänna handlingar kan få ta del av uppgifter som inte är sekretessbelagda.',
  'dataskydd.lagring.rubrik': 'Hur länge sparar vi uppgifterna?',
  'dataskydd.inkommet':
    'Svarar du på inbjudan i din kalender, eller mejlar du till adressen som mejlen kommer från, sparar vi det. Svar från kalendrar och automatiska mejl raderas efter 90 dagar. Andra mejl sparar vi som anmälan.',
  'dataskydd.lagring':
    'Anmälan är en allmän handling. Ingen regel är beslutad än om när den får raderas, så den sparas tills vidare, också om du avbokar. Statistik utan namn sparar vi.',
  'dataskydd.rattigheter.rubrik': 'Dina rättigheter',
  'dataskydd.utdrag':
    'Med länken i bekräftelsen ser, ändrar och avbokar du din anmälan och hämtar alla uppgifter vi har om dig i den. Från {dagar} dagar efter evenemanget kan du bara se och hämta dem, så länge vi har dem kvar. Har du bara anmält andra finns länken i listan som du fick.',
  'dataskydd.rattigheter':
    'Du har rätt att få ett utdrag, att få fel rättade och att invända mot behandlingen. Vill du att uppgifterna raderas? Be länsstyrelsen, som prövar om det går. Rätten till det är begränsad, eftersom anmälan är en allmän handling. Du kan klaga hos Integritetsskyddsmyndigheten,',
  'tillganglighet.inledning':
    '{myndighet} står bakom den här webbplatsen. Här beskriver vi hur den uppfyller lagen om tillgänglighet till digital offentlig service, vilka brister vi känner till och hur du berättar om fler.',
  'tillganglighet.tjanst': 'Redogörelsen gäller tjänsten {tjanst}.',
  'tillganglighet.status.rubrik': 'Hur tillgänglig är webbplatsen?',
  'tillganglighet.brister.rubrik': 'Kända brister',
  'tillganglighet.brister': 'Vi känner inte till några brister.',
  'tillganglighet.undantag':
    'Vi har inte undantagit något innehåll för att det skulle vara oskäligt betungande att göra tillgängligt (12 § lagen om tillgänglighet till digital offentlig service). Inget innehåll ligger utanför lagen (9 §).',
  'tillganglighet.metod.rubrik': 'Hur vi har testat',
  'tillganglighet.metod':
    'Vi har själva bedömt webbplatsen med automatiska och manuella tester mot WCAG 2.2, nivå AA. Lagen kräver nivå AA i WCAG 2.1.',
  'tillganglighet.datum':
    'Vi bedömde webbplatsen senast {bedomd} och uppdaterade redogörelsen senast {uppdaterad}.',
  'tillganglighet.anmal.rubrik': 'Berätta om hinder',
  'tillganglighet.anmal':
    'Hittar du något som inte fungerar för dig, eller behöver du innehållet i en annan form? Skriv till den som arrangerar evenemanget:',
  'tillganglighet.tillsyn.rubrik': 'Tillsyn',
  'tillganglighet.status':
    '{status, select, helt {Webbplatsen är helt förenlig med lagen.} delvis {Webbplatsen är delvis förenlig med lagen.} other {Webbplatsen är inte förenlig med lagen.}}',
  'tillganglighet.tillsyn':
    'Myndigheten för digital förvaltning ansvarar för tillsynen. Är du inte nöjd med hur vi hanterar dina synpunkter kan du anmäla det till Digg på',
  'gemensamt.tjanst': 'Boostdagar',
  'lista.ingress':
    'Boostdagar och kunskapsförmiddagar är till för förtroendevalda, chefer och tjänstepersoner. Här hittar du programmen och anmäler dig.',
  'form.boostdag': 'Boostdag',
  'form.kunskapsformiddag': 'Kunskapsförmiddag',
  'form.annat': 'Evenemang',
  'system.404.rubrik': 'Sidan finns inte',
  'system.404.text':
    'Adressen kan vara felskriven eller så är sidan borttagen. Leta bland evenemangen i stället.',
  'system.500.rubrik': 'Något gick fel hos oss',
  'system.500.text': 'Försök igen om en stund. Felet beror inte på dig. Ange {felkod} om du kontaktar oss.',
  'system.429.rubrik': 'Vänta lite',
  'system.429.text': 'Du har skickat många formulär på kort tid. Vänta {minuter} minuter och försök igen.',
  'system.full.rubrik': 'Inget är sparat',
  'system.full.text':
    'Tjänsten kan inte spara något just nu, så det du skickade har inte tagits emot. Gå tillbaka i webbläsaren, så finns det du skrev oftast kvar. Försök igen om en stund. Är det bråttom? Hör av dig till kontaktpersonen på evenemangets sida.',
  'system.503.rubrik': 'Många är här just nu',
  'system.503.text':
    'Det du skickade har inte tagits emot. Gå tillbaka, vänta en halv minut och försök igen.',
  'system.403.rubrik': 'Formuläret kunde inte tas emot',
  'system.403.text': 'Formuläret var öppet för länge. Ladda om sidan och skicka igen.',
  'system.413.rubrik': 'Det du skickade är för stort',
  'system.413.text': 'Korta texten och skicka igen.',
  'system.400.rubrik': 'Adressen eller formuläret går inte att läsa',
  'system.400.text': 'Gå tillbaka, ladda om sidan och försök igen.',
  'mejl.halsning': 'Hej {fornamn}!',
  'mejl.bekraftelse.text': 'Du är anmäld till ”{titel}”.',
  'mejl.bekraftelse.kalender':
    'Inbjudan till kalendern följer med. I Outlook kan den stå som preliminär tills du svarar.',
  'mejl.lank': 'Ändra eller avboka',
  'mejl.lank.andra': 'Ändra dina uppgifter',
  'mejl.lank.avboka': 'Avboka',
  'mejl.lank.se': 'Se din anmälan',
  'mejl.lank.visa': 'Se, ändra eller avboka din anmälan',
  'mejl.lank.personlig': 'Länken är personlig. Skicka den inte vidare.',
  'mejl.fragor': 'Frågor',
  'mejl.valkommen': 'Varmt välkommen!',
  'mejl.dataskydd': 'Så behandlar vi dina personuppgifter',
  'mejl.redan.text':
    'Du, eller någon annan, fyllde nyss i din e-postadress i anmälan till ”{titel}”. Du är redan anmäld och vi har inte ändrat något.',
  'mejl.nylank.amne': 'Länk till din anmälan: ”{titel}”, {datum}',
  'mejl.nylank.text': 'Här är länken till din anmälan till ”{titel}”.',
  'mejl.andrat.text': 'Detta har ändrats för ”{titel}”:',
  'mejl.andrat.kvar': 'Du är fortfarande anmäld. En ny inbjudan till kalendern följer med.',
  'mejl.installt.text': 'Vi ställer in ”{titel}” {datum}. {orsak}',
  'mejl.installt.avboka': 'Du behöver inte avboka dig.',
  'mejl.avbokad.text': 'Din anmälan till ”{titel}” är avbokad. Välkommen en annan gång.',
  'mejl.nyadress.amne': 'Ny e-postadress: ”{titel}”, {datum}',
  'mejl.nyadress.text':
    'Anmälan till ”{titel}” har fått en annan e-postadress. Bekräftelsen går dit. Därför tar vi bort evenemanget ur kalendern på den här adressen.',
  'mejl.andrat.tid': 'Ny tid: {nar}. Den gamla tiden var {gammal}.',
  'mejl.andrat.plats': 'Ny plats: {var}. Den gamla var {gammal}.',
  'mejl.andrat.lank.forsta': 'Nu finns länken till mötet. Den står nedan.',
  'mejl.andrat.lank.ny': 'Mötet har fått en ny länk. Den står nedan, och den gamla gäller inte längre.',
  'mejl.andrat.lank.bort':
    'Länken till mötet som du har fått gäller inte längre. Vi mejlar en ny före evenemanget.',
  'mejl.anmaldav': '{namn} har anmält dig.',
  'mejl.lista.amne': 'Du har anmält kollegor: ”{titel}”, {datum}',
  'mejl.lista.text': 'Du har anmält de här personerna till ”{titel}”, {nar}:',
  'mejl.lista.lank': 'Se vilka du har anmält',
  'mejl.lista.plats': 'Har en plats:',
  'mejl.lista.ko': 'Står på väntelistan:',
  'mejl.lista.sedan': 'Var och en får ett eget mejl med en egen länk till sin anmälan.',
  'mejl.igen': 'Vill du ändå delta? Om det finns plats kan du anmäla dig igen, senast {senast}.',
  'mejl.lank.igen': 'Anmäl dig igen',
  'mejl.andraDagar': 'Andra evenemang',
  'mejl.paminnelse.nej.amne': 'Inga fler påminnelser: ”{titel}”, {datum}',
  'mejl.vantelista.amne': 'Väntelista: ”{titel}”, {datum}',
  'mejl.vantelista.text': 'Det är fullt på ”{titel}”. Du står på väntelistan.',
  'mejl.ko.plats': 'Du är nummer {nummer} på väntelistan för att delta på plats.',
  'mejl.ko.digitalt': 'Du är nummer {nummer} på väntelistan för att delta digitalt.',
  'mejl.ko.sedan':
    'Du får en plats när en blir ledig och det är din tur. Då är du anmäld, och vi mejlar dig. Du behöver inte göra något nu.',
  'mejl.ko.slut': 'Väntelistan stänger {slut}. Då får du besked också om det inte blev någon plats.',
  'mejl.lank.ko': 'Se din plats i kön, ändra eller lämna väntelistan',
  'mejl.erbjudande.amne': 'Du har fått en plats: ”{titel}”, {datum}',
  'mejl.erbjudande.text': 'En plats har blivit ledig och du är nu anmäld till ”{titel}”.',
  'mejl.erbjudande.avboka':
    'Kan du inte komma? Avboka med länken nedan, så får nästa person på väntelistan platsen.',
  'mejl.utanplats.amne': 'Du står på väntelistan: ”{titel}”, {datum}',
  'mejl.utanplats.text':
    'Platserna till ”{titel}” har blivit färre och räcker inte till dig. Vi beklagar det. Du står nu på väntelistan, och vi tar bort evenemanget ur din kalender.',
  'mejl.ingenplats.amne': 'Ingen plats blev ledig: ”{titel}”, {datum}',
  'mejl.ingenplats.text':
    'Väntelistan till ”{titel}” är stängd, och det blev tyvärr ingen plats till dig. Vi hoppas att vi ses en annan gång.',
  'mejl.lamnat.amne': 'Du har lämnat väntelistan: ”{titel}”, {datum}',
  'mejl.lamnat.text': 'Du står inte längre på väntelistan till ”{titel}”. Välkommen en annan gång.',
  'mejl.redan.ko.amne': 'Du står redan på väntelistan: ”{titel}”, {datum}',
  'mejl.redan.ko.text':
    'Du, eller någon annan, fyllde nyss i din e-postadress i anmälan till ”{titel}”. Du står redan på väntelistan och vi har inte ändrat något.',
  'mejl.andrat.ko': 'Du står fortfarande på väntelistan.',
  'mejl.installt.ko': 'Du behöver inte göra något.',
  'mejl.paminnelse.amne': 'Påminnelse: ”{titel}”, {datum}',
  'mejl.paminnelse.text': 'Snart är det dags för ”{titel}”.',
  'mejl.paminnelse.avboka': 'Kan du inte komma? Avboka med länken nedan, så att någon annan får din plats.',
  'mejl.lank.amne': 'Möteslänk: ”{titel}”, {datum}',
  'mejl.lank.text': 'Här är länken till mötet. Anslut gärna några minuter innan ”{titel}” börjar.',
  'mejl.lank.anslut': 'Anslut till mötet',
  'mejl.lank.anmalda': 'Länkarna är till för dig som är anmäld. Skicka dem inte vidare.',
  'mejl.tack.amne': 'Tack för att du var med: ”{titel}”',
  'mejl.tack.text': 'Tack för att du deltog i ”{titel}”. Vi hoppas att du har nytta av dagen.',
  'mejl.dokumentation': 'Här är dokumentationen. Den finns också på evenemangets sida: {sida}',
  'mejl.saknad.amne': 'Vi saknade dig: ”{titel}”',
  'mejl.saknad.text':
    'Du var anmäld till ”{titel}” men kunde inte vara med. Vi hoppas att vi ses en annan gång.',
  'mejl.fraga.amne': 'Kommer du? ”{titel}”, {datum}',
  'mejl.fraga.text':
    'En kalender har svarat nej på inbjudan till ”{titel}”. Vi har inte ändrat något: du har kvar din plats.',
  'mejl.fraga.svara':
    'Kommer du inte? Avboka med länken nedan, så kan någon annan få platsen. Kommer du ändå? Klicka på ”Jag kommer” på samma sida.',
  'mejl.fraga.lank': 'Avboka eller behåll din plats',
  'mejl.fart.amne': 'Ovanligt många anmälningar: ”{titel}”, {datum}',
  'mejl.fart.text':
    '{antal, plural, one {1 person} other {# personer}} har anmält sig till ”{titel}” på kort tid, från {fran} till {till}. Det är ovanligt många.',
  'mejl.fart.natverk':
    '{antal, plural, one {1 person} other {# personer}} har anmält sig till ”{titel}”, från {fran} till {till}. Det kommer ovanligt många anmälningar från deras nätverk.',
  'mejl.fart.gor':
    'Kanske är det en kommun som anmäler många samtidigt, och då behöver du inte göra något. Är anmälningarna påhittade? Avboka dem på en gång och utan mejl, så får andra platserna.',
  'mejl.fart.lank': 'Se vilka de är',
  'mejl.fart.kontoret':
    'Länken leder till sidorna för organisatörer, där du loggar in. Listan finns i tre dygn.',
  'mejl.medverkan.inbjudan.amne': 'Vill du medverka? ”{titel}”, {datum}',
  'mejl.medverkan.inbjudan.text': 'Vi vill gärna att du medverkar i ”{titel}”.',
  'mejl.medverkan.inbjudan.gor':
    'Svara ja eller nej på din personliga sida. Där kan du också skriva om din programpunkt och om dig själv, och berätta vilken teknik du behöver.',
  'mejl.medverkan.lank': 'Se och ändra din medverkan',
  'mejl.medverkan.lank.svara': 'Svara på inbjudan',
  'mejl.medverkan.paminnelse.amne': 'Påminnelse: vill du medverka? ”{titel}”, {datum}',
  'mejl.medverkan.paminnelse.text': 'Vi har inte fått ditt svar ännu. Vill du medverka i ”{titel}”?',
  'mejl.medverkan.ja.amne': 'Du medverkar: ”{titel}”, {datum}',
  'mejl.medverkan.ja.text': 'Tack för att du medverkar i ”{titel}”.',
  'mejl.medverkan.ja.kalender':
    'En inbjudan till din kalender följer med. Den gäller den tid när du behövs. Ändras tiden får du en ny.',
  'mejl.medverkan.nej.amne': 'Du medverkar inte: ”{titel}”, {datum}',
  'mejl.medverkan.nej.text': 'Tack för ditt besked. Du medverkar inte i ”{titel}”.',
  'mejl.medverkan.nej.angra': 'Har du ändrat dig? Svara ja på din personliga sida.',
  'mejl.medverkan.andrat.amne': 'Ändrat: din medverkan i ”{titel}”, {datum}',
  'mejl.medverkan.andrat.kvar':
    'Passar det inte? Svara nej på din personliga sida, eller hör av dig till oss.',
  'mejl.medverkan.borta.amne': 'Du står inte längre i programmet: ”{titel}”, {datum}',
  'mejl.medverkan.borta.text': 'Du står inte längre i programmet för ”{titel}”.',
  'mejl.medverkan.borta.fel': 'Har det blivit fel? Svara på det här mejlet.',
  'mejl.medverkan.tack.amne': 'Tack för din medverkan: ”{titel}”',
  'mejl.medverkan.tack.text': 'Tack för att du medverkade i ”{titel}”.',
  'mejl.medverkan.kalender': 'Du medverkar: {titel}',
  'medverkan.program': 'Din del av programmet',
  'medverkan.rubrik': 'Din medverkan',
  'medverkan.lage.invited': 'Väntar på ditt svar',
  'medverkan.lage.accepted': 'Du medverkar',
  'medverkan.lage.declined': 'Du medverkar inte',
  'medverkan.lage.removed': 'Inte längre i programmet',
  'medverkan.hinder.removed':
    'Du står inte längre i programmet för det här evenemanget, så det går inte att svara. Har det blivit fel? Hör av dig till kontaktpersonen.',
  'medverkan.hinder.cancelled': 'Evenemanget är inställt, så du behöver inte svara.',
  'medverkan.hinder.over': 'Evenemanget har varit, så det går inte längre att svara eller ändra.',
  'medverkan.svar': 'Vill du medverka?',
  'medverkan.svar.ja': 'Ja, jag medverkar',
  'medverkan.svar.ja.hjalp': 'Du får en inbjudan till kalendern för den tid när du behövs.',
  'medverkan.svar.nej': 'Nej, jag kan inte',
  'medverkan.svar.fel': 'Välj om du medverkar eller inte',
  'medverkan.forslag.rubrik': 'Din programpunkt',
  'medverkan.forslag.text': 'Det du skriver här är ett förslag. Vi läser det innan det visas på webbplatsen.',
  'medverkan.forslag.vantar': 'Ditt förslag väntar på att vi ska läsa det.',
  'medverkan.title': 'Rubrik',
  'medverkan.description': 'Text om programpunkten',
  'medverkan.titleEn': 'Rubrik på engelska',
  'medverkan.descriptionEn': 'Text på engelska',
  'medverkan.biography': 'Om dig',
  'medverkan.biography.hjalp': 'Några meningar om vem du är, för evenemangets sida.',
  'medverkan.needs': 'Teknik som du behöver',
  'medverkan.needs.hjalp':
    'Till exempel egen dator, ljud från en film eller mikrofon. Skriv inget om din hälsa. Det här visas inte för besökare.',
  'medverkan.frivilligt': '(frivilligt)',
  'medverkan.spara': 'Skicka svaret',
  'medverkan.sparat.ja': 'Tack, du medverkar. Ditt svar är sparat.',
  'medverkan.sparat.nej': 'Tack för ditt besked. Ditt svar är sparat.',
  'medverkan.info.rubrik': 'Så använder vi dina uppgifter',
  'medverkan.info.text':
    'Ditt namn, din titel och din organisation står i programmet på webbplatsen. Din e-postadress och ditt telefonnummer visas inte för besökare. Vi använder dem för att nå dig om evenemanget. Rättslig grund är uppgift av allmänt intresse. Du kan när som helst be oss rätta eller radera det vi har om dig.',
  'fel.fil.forstor': 'Filen är för stor. Den får vara högst {mb} MB.',
  'fel.fil.bruten': 'Filen kom inte fram hel. Välj den igen.',
  'fel.fil.bild': 'Välj en bild i formatet JPEG, PNG eller WebP.',
  'fel.fil.bild.trasig':
    'Bilden går inte att läsa, eller så har den för många bildpunkter. Välj en annan bild.',
  'fel.fil.dokument': 'Välj en fil i formatet pdf, pptx eller odp.',
  'fel.fil.antal': 'Du kan lämna högst {antal} filer. Ta bort någon först.',
  'medverkan.filer.rubrik': 'Porträtt och presentation',
  'medverkan.portrait': 'Porträtt',
  'medverkan.portrait.hjalp':
    'En bild i formatet JPEG, PNG eller WebP. Vi gör den mindre och tar bort uppgifter om var den är tagen.',
  'medverkan.portrait.alt': 'Porträtt av {namn}',
  'medverkan.portrait.ja': 'Ja, mitt porträtt får visas på webbplatsen',
  'medverkan.portrait.ja.hjalp':
    'Utan ditt ja visas det inte. Du kan ta tillbaka ditt ja när du vill, genom att ta bort krysset.',
  'medverkan.portrait.samtycke': 'Får vi visa porträttet?',
  'medverkan.portrait.bort': 'Ta bort porträttet',
  'medverkan.slides': 'Presentation',
  'medverkan.slides.hjalp':
    'En fil i formatet pdf, pptx eller odp, högst {mb} MB. Du kan lämna {antal} filer, en i taget.',
  'medverkan.slides.inlamnat': 'Det du har lämnat',
  'medverkan.slides.bort': 'Ta bort {namn}',
  'mejl.medverkan.lank.bilder': 'Lämna din presentation',
  'mejl.medverkan.bilder.amne': 'Din presentation: ”{titel}”, {datum}',
  'mejl.medverkan.bilder.text': 'Snart är det dags för ”{titel}”. Vi har inte fått din presentation ännu.',
  'mejl.medverkan.bilder.gor':
    'Lämna den på din personliga sida. Har du ingen presentation behöver du inte göra något.',
  'mejl.nar': '{nar}',
  'mejl.kalender.program': 'Program',
  'system.tillEvenemangen': 'Till evenemangen',
} as const;

export type TextKey = keyof typeof texts;
