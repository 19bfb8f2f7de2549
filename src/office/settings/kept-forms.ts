import type { Request, Response } from 'express';
import { paths } from '../../base/paths.ts';
import { type KeptForm, listKeptForms, takeKeptForm } from '../../organisers/kept-form.ts';
import { NotFound } from '../../web/errors.ts';
import { sendPage } from '../../web/pages.ts';
import { typedAmong } from '../parts/refused-form.ts';

/** What the page calls a form, by the end of the address that it was posted to. */
const names: [RegExp, string][] = [
  [/\/nytt$/, 'Nytt evenemang'],
  [/\/program$/, 'Programmet'],
  [/\/stall-in$/, 'Ställ in evenemanget'],
  [/\/utskick/, 'Mejl till deltagarna'],
  [/\/deltagare/, 'Deltagare'],
  [/\/narvaro/, 'Närvaro'],
  [/\/evenemang\/\w+$/, 'Uppgifter om evenemanget'],
  [/\/installningar/, 'Inställningar'],
];

/** What the organiser typed in forms that came after the sign-in session had run out. Nothing is saved until it is sent again. */
export async function showKeptForms(_req: Request, res: Response): Promise<void> {
  const forms = await listKeptForms(res.locals.organiser?.id ?? '', res.locals.now);
  sendPage(res, 'office/settings/kept-forms', {
    title: 'Det du skrev finns kvar',
    forms: forms.map(shownForm),
  });
}

/** Throws a kept form away. */
export async function submitDropKeptForm(req: Request<{ form: string }>, res: Response): Promise<void> {
  if (!(await takeKeptForm(res.locals.organiser?.id ?? '', req.params.form))) throw new NotFound();
  const left = await listKeptForms(res.locals.organiser?.id ?? '', res.locals.now);
  res.redirect(303, left.length > 0 ? paths.keptForms() : paths.office());
}

function shownForm({ _id, action, fields, keptAt }: KeptForm) {
  const [path = ''] = action.split('?');
  const [, name = 'Formulär'] = names.find(([end]) => end.test(path)) ?? [];
  return { id: _id, name, action, keptAt, typed: typedAmong(fields), hidden: fields };
}
