import { expect } from 'chai';
import type { Request } from 'express';
import type { Mode } from '../../../src/events/event.ts';
import {
  colleaguesForm,
  groupOf,
  numberColleagues,
  removeColleague,
} from '../../../src/registrations/sign-up/colleagues-form.ts';
import { changesForm, personForm, personOf, waysOf } from '../../../src/registrations/sign-up/form.ts';
import { type Language, textsIn } from '../../../src/texts/texts.ts';
import { type Errors, readForm } from '../../../src/web/forms.ts';
import { aPerson } from '../../support/builders.ts';

const municipalities = [
  { code: '0580', name: 'Linköping', fullName: 'Linköpings kommun', row: 1, column: 1 },
  { code: '0583', name: 'Motala', fullName: 'Motala kommun', row: 1, column: 2 },
];
const good = {
  givenName: 'Åsa',
  familyName: 'Öberg',
  email: 'asa.oberg@example.se',
  organisation: 'Linköpings kommun',
  municipality: '0580',
  role: 'chef',
  mode: 'plats',
};

type Answers = Record<string, string | string[]>;

async function read(answers: Answers, modes: Mode[] = ['plats', 'digitalt'], lang: Language = 'sv') {
  const offer = { municipalities, modes };
  const req = { body: { ...answers } } as unknown as Request;
  const { values, errors } = await readForm(req, personForm(textsIn(lang)), { offer });
  return { values, errors, person: personOf(req.body, offer, lang) };
}

async function errorsOf(changes: Answers, lang: Language = 'sv'): Promise<Errors> {
  return (await read({ ...good, ...changes }, undefined, lang)).errors;
}

describe('The form of a registration', () => {
  it('takes a person as typed, with the address normalised and spaces around answers gone', async () => {
    const { errors, person } = await read({ ...good, givenName: ' Åsa\t', email: ' Asa.Oberg@EXAMPLE.se' });
    expect(errors).to.deep.equal({});
    expect(person).to.deep.equal({ ...aPerson(), ...good });
  });

  it('says of every question that has no answer what to do, with an example, in the order of the form (T4)', async () => {
    const { errors } = await read({});
    expect(Object.entries(errors)).to.deep.equal([
      [
        'givenName',
        'Skriv ditt förnamn, till exempel Åsa. Har du bara ett namn skriver du det i båda fälten',
      ],
      [
        'familyName',
        'Skriv ditt efternamn, till exempel Öberg. Har du bara ett namn skriver du det i båda fälten',
      ],
      ['email', 'Skriv din e-postadress, till exempel namn@example.se'],
      ['organisation', 'Skriv vilken organisation du företräder, till exempel Motala kommun'],
      ['municipality', 'Välj kommun, eller Annan'],
      ['role', 'Välj vilken roll du har'],
      ['mode', 'Välj om du deltar på plats eller digitalt'],
    ]);
  });

  it('says the same in English', async () => {
    const { errors } = await read({ ...good, email: 'asa', role: 'kung' }, undefined, 'en');
    expect(errors).to.deep.equal({
      email: 'Enter an email address with @ and a dot, for example name@example.se',
      role: 'Choose your role',
    });
  });

  it('keeps what was typed, also what is wrong', async () => {
    const { values } = await read({ ...good, email: ' a@x, b@y ', organisation: '' });
    expect(values).to.deep.equal({ ...good, email: ' a@x, b@y ', organisation: '' });
  });

  const several = 'Skriv en adress. Här står flera';
  const format = 'Skriv en e-postadress med @ och punkt, till exempel namn@example.se';
  const letters =
    'Skriv adressen utan å, ä, ö och andra sådana tecken före @, till exempel asa.oberg@example.se';
  for (const [email, message] of [
    ['a@x.se, b@y.se', several],
    ['a@x.se\r\nBcc: b@y.se', several],
    ['åsa.öberg@linköping.se', letters],
    ['asa@x', format],
  ])
    it(`refuses the address ${JSON.stringify(email)}`, async () => {
      expect(await errorsOf({ email: String(email) })).to.deep.equal({ email: message });
    });

  it('refuses a field that came twice as one answer', async () => {
    expect(await errorsOf({ email: ['a@x.se', 'b@y.se'], role: ['chef', 'annan'] })).to.have.keys(
      'email',
      'role',
    );
  });

  for (const field of ['givenName', 'familyName', 'organisation']) {
    for (const typed of ['Åsa\r\nBcc: b@y.se', 'Åsa\u000bBerg', 'Åsa\u2028Berg', '\nÅsa'])
      it(`refuses ${JSON.stringify(typed)} as ${field}`, async () => {
        expect((await errorsOf({ [field]: typed }))[field]).to.match(/^Skriv svaret på en enda rad/);
      });

    for (const typed of ['\u200bÅ\u00adsa', 'Åsa\u0000', '\u202aÅsa\u202c', 'A\u030asa', '\u3000Åsa\u202f'])
      it(`takes ${JSON.stringify(typed)} as ${field}, without what cannot be seen`, async () => {
        const { errors, person } = await read({ ...good, [field]: typed });
        expect(errors).to.deep.equal({});
        expect(person).to.include({ [field]: 'Åsa' });
      });
  }

  for (const field of ['givenName', 'familyName']) {
    it(`refuses a personal number in ${field}`, async () => {
      expect(await errorsOf({ [field]: 'Åsa 19121212-1212' })).to.deep.equal({
        [field]: 'Det ser ut som ett personnummer. Ta bort det, vi behöver det inte.',
      });
    });

    it(`names what cannot stand in ${field}, which would stand in letters to others`, async () => {
      const message = (holds: string) => `Ett namn kan inte innehålla ”${holds}”. Skriv det utan det tecknet`;
      const fullStop = 'Skriv ett mellanslag efter punkten i namnet, till exempel A. K. Berg';
      for (const [typed, said] of [
        ['kund! Ditt konto hos banken spärras i dag. Logga in: evil-bank.com/kod', message('!')],
        ['Rad 1: bekräfta ditt BankID', message('1')],
        ['evil-bank.com/x', fullStop],
        ['10.0.0.1/x', message('1')],
        ['a@evil.com', message('@')],
        ['http:\\\\evil.com', message(':')],
        ['https：／／evil.com', message('：')],
        ['w\u200bww.evil.com', fullStop],
        ['J.R. Berg', fullStop],
        ['🙂', message('🙂')],
        [`Åsa${'\u0308'.repeat(70)}`, message('\u0308'.repeat(69))],
      ])
        expect(await errorsOf({ [field]: String(typed) }), typed).to.deep.equal({ [field]: said });
    });

    it(`takes real names as ${field}`, async () => {
      for (const typed of [
        "O'Brien",
        'D’Arcy',
        'Anna-Karin',
        'J. R. Berg Jr.',
        'Öberg, f. Ek (Lind)',
        'Nguyễn',
        'می\u200cخواهم',
      ])
        expect(await errorsOf({ [field]: typed }), typed).to.deep.equal({});
    });

    for (const typed of [
      '\u200b\u200b',
      '\u3164',
      '\u200f\u200e\u061c',
      '\ufe0f\u200d\ufe0f',
      '-',
      '\u{e0041}',
      '\u034f',
    ])
      it(`takes ${JSON.stringify(typed)} for no answer in ${field}`, async () => {
        expect((await errorsOf({ [field]: typed }))[field]).to.match(/^Skriv ditt .*i båda fälten$/);
      });
  }

  it('asks about a personal number in the organisation, and takes the answer that it is none', async () => {
    const { errors, values } = await read({ ...good, organisation: 'Enhet 19121212-1212' });
    expect(errors.organisation).to.match(/^Det ser ut som ett personnummer.*kryssar du i rutan\.$/);
    expect(values).to.include({ asksAboutNumber: 'organisation', numberAnswer: 'Det är inget personnummer' });
    const answered = { ...good, organisation: 'Enhet 19121212-1212', noPersonalNumber: 'organisation' };
    expect((await read(answered)).errors).to.deep.equal({});
    expect((await read({ ...answered, noPersonalNumber: 'givenName' })).errors).to.have.keys('organisation');
    expect(await errorsOf({ organisation: 'Växeln 0707076105' })).to.deep.equal({});
  });

  it('takes no web address as organisation', async () => {
    for (const organisation of [
      'Vinn på https://example.se',
      'w\u200bww.example.se',
      'evil.com/kod',
      'https：／／evil.com',
    ])
      expect(await errorsOf({ organisation }), organisation).to.deep.equal({
        organisation: 'Skriv svaret utan webbadress.',
      });
    expect(await errorsOf({ organisation: 'Kommunen (skola/fritid)' })).to.deep.equal({});
  });

  it('tells how long an answer may be and how long it is, counted as people count', async () => {
    expect(await errorsOf({ givenName: '𝒜'.repeat(80) })).to.deep.equal({});
    expect(await errorsOf({ givenName: '𝒜'.repeat(81), email: `${'a'.repeat(250)}@x.se` })).to.deep.equal({
      givenName: 'Svaret får vara högst 80 tecken. Du har skrivit 81.',
      email: 'Svaret får vara högst 254 tecken. Du har skrivit 255.',
    });
  });

  it("takes the county's municipalities and annan, and nothing else", async () => {
    expect(await errorsOf({ municipality: 'annan' })).to.deep.equal({});
    for (const municipality of ['0480', '580', 'Linköping', '0580,0583'])
      expect(await errorsOf({ municipality })).to.have.keys('municipality');
  });

  it('does not ask how to attend where there is one way, and tells where the other way is gone', async () => {
    const { mode: _mode, ...rest } = good;
    const online = await read(rest, ['digitalt']);
    expect(online.errors).to.deep.equal({});
    expect(online.person.mode).to.equal('digitalt');
    expect((await read(good, ['digitalt'])).errors).to.deep.equal({
      mode: 'Det går inte att delta på plats i det här evenemanget. Välj Digitalt',
    });
    expect((await read({ ...good, mode: 'digitalt' }, ['plats'])).errors).to.have.keys('mode');
  });

  it('takes several ways of attending only where one may wait for several', async () => {
    const t = textsIn('sv');
    const errorsIn = async (mode: Answers[string], several: boolean) => {
      const offer = { municipalities, modes: ['plats' as const, 'digitalt' as const], several };
      const req = { body: { ...good, mode } } as unknown as Request;
      const { errors } = await readForm(req, personForm(t), { offer });
      return { errors, ways: waysOf(req.body, offer) };
    };
    for (const both of [['plats', 'digitalt'], ['digitalt', 'plats'], 'plats,digitalt'])
      expect(await errorsIn(both, true)).to.deep.equal({ errors: {}, ways: ['plats', 'digitalt'] });
    expect((await errorsIn('digitalt', true)).ways).to.deep.equal(['digitalt']);
    for (const wrong of [['plats', 'kort'], ['plats', 'plats', 'digitalt'], ''])
      expect((await errorsIn(wrong, true)).errors).to.have.keys('mode');
    expect((await errorsIn(['plats', 'digitalt'], false)).errors).to.have.keys('mode');
  });

  it('does not ask for the address in a change', () => {
    const t = textsIn('sv');
    expect(personForm(t)).to.have.length(changesForm(t).length + 1);
  });
});

describe('The form of a group', () => {
  const offer = { municipalities, modes: ['plats' as const, 'digitalt' as const] };
  const two = {
    colleagueGivenName: ['Karin', 'Olle'],
    colleagueFamilyName: ['Ek', 'Berg'],
    colleagueEmail: ['karin.ek@example.se', ' Olle.Berg@EXAMPLE.se'],
    colleagueRole: ['chef', 'annan'],
    colleagueMode: ['plats', 'digitalt'],
  };

  async function readGroup(answers: Answers) {
    const req = { body: { ...good, ...answers } } as unknown as Request;
    const count = numberColleagues(req.body);
    const { values, errors } = await readForm(req, colleaguesForm(textsIn('sv'), req.body, count), { offer });
    return { values, errors, group: groupOf(req.body, offer, 'sv', count) };
  }

  it('takes everybody in order, with the organisation and municipality that were asked for once (T9)', async () => {
    const { errors, group } = await readGroup(two);
    expect(errors).to.deep.equal({});
    const { organisation, municipality } = good;
    const shared = { ...aPerson(), organisation, municipality };
    const asa = { ...aPerson(), ...good };
    expect(group).to.deep.equal({
      registrar: asa,
      people: [
        asa,
        {
          ...shared,
          givenName: 'Karin',
          familyName: 'Ek',
          email: 'karin.ek@example.se',
          role: 'chef',
          mode: 'plats',
        },
        {
          ...shared,
          givenName: 'Olle',
          familyName: 'Berg',
          email: 'olle.berg@example.se',
          role: 'annan',
          mode: 'digitalt',
        },
      ],
    });
  });

  it('takes one colleague, whose answers come once each', async () => {
    const one = Object.fromEntries(Object.entries(two).map(([field, [first = '']]) => [field, first]));
    expect((await readGroup(one)).group.people.map(({ givenName }) => givenName)).to.deep.equal([
      'Åsa',
      'Karin',
    ]);
  });

  it('says what is wrong at each person, and keeps what was typed', async () => {
    const { errors, values } = await readGroup({
      ...two,
      familyName: '',
      colleagueFamilyName: ['', 'Berg'],
      colleagueRole: ['chef', ''],
    });
    expect(Object.entries(errors)).to.deep.equal([
      [
        'familyName',
        'Skriv ditt efternamn, till exempel Öberg. Har du bara ett namn skriver du det i båda fälten',
      ],
      [
        'colleagueFamilyName-1',
        'Kollega 1: Skriv ett efternamn, till exempel Öberg. Den som bara har ett namn får det i båda fälten',
      ],
      ['colleagueRole-2', 'Kollega 2: Välj en roll'],
    ]);
    expect(values).to.include({
      'colleagueGivenName-2': 'Olle',
      'colleagueRole-2': '',
      'colleagueMode-1': 'plats',
    });
  });

  it('says of every question about a colleague what to do, in words about a colleague', async () => {
    const { errors } = await readGroup({ colleagueGivenName: '', colleagueEmail: '' });
    expect(Object.values(errors)).to.deep.equal([
      'Kollega 1: Skriv ett förnamn, till exempel Åsa. Den som bara har ett namn får det i båda fälten',
      'Kollega 1: Skriv ett efternamn, till exempel Öberg. Den som bara har ett namn får det i båda fälten',
      'Kollega 1: Skriv en e-postadress, till exempel namn@example.se',
      'Kollega 1: Välj en roll',
      'Kollega 1: Välj på plats eller digitalt',
    ]);
  });

  it('takes an address once, however it is typed', async () => {
    const again = 'Kollega 2: Adressen står redan i formuläret. Skriv kollegans egen e-postadress';
    for (const address of ['KARIN.ek@example.se', 'Asa.Oberg@example.se']) {
      const { errors } = await readGroup({ ...two, colleagueEmail: ['karin.ek@example.se', address] });
      expect(errors).to.deep.equal({ 'colleagueEmail-2': again });
    }
  });

  it('asks who signs up only others for neither role nor way, and leaves them out', async () => {
    const { errors, group } = await readGroup({
      ...two,
      onlyOthers: 'ja',
      role: '',
      mode: '',
      givenName: '',
    });
    expect(errors).to.have.all.keys('givenName');
    expect(group.people.map(({ email }) => email)).to.deep.equal([
      'karin.ek@example.se',
      'olle.berg@example.se',
    ]);
    expect(group.registrar.email).to.equal('asa.oberg@example.se');
    const own = await readGroup({
      ...two,
      onlyOthers: 'ja',
      colleagueEmail: ['asa.oberg@example.se', 'b@example.se'],
    });
    expect(own.errors).to.deep.equal({});
  });

  it('takes no more than nine colleagues', async () => {
    const ten = Array.from({ length: 10 }, (_, index) => `n${index}@example.se`);
    const of = <T>(answer: T) => ten.map(() => answer);
    const group = {
      colleagueGivenName: of('Bo'),
      colleagueFamilyName: of('Ek'),
      colleagueEmail: ten,
      colleagueRole: of('chef'),
      colleagueMode: of('plats'),
    };
    expect((await readGroup(group)).errors).to.deep.equal({
      'colleagueGivenName-10': 'Du kan anmäla högst 9 kollegor på en gång. Ta bort någon',
    });
  });

  it('lets the others move up where one is removed', () => {
    const form: Record<string, unknown> = {
      colleagueGivenName: ['Karin', 'Olle', 'Siv'],
      colleagueEmail: ['k', 'o', 's'],
    };
    expect(numberColleagues(form)).to.equal(3);
    removeColleague(form, 2, 3);
    expect(form).to.deep.include({
      'colleagueGivenName-1': 'Karin',
      'colleagueGivenName-2': 'Siv',
      'colleagueEmail-2': 's',
    });
    expect(form).to.not.have.property('colleagueGivenName-3');
    expect(numberColleagues({})).to.equal(0);
  });
});
