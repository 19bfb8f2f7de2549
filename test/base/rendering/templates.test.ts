import { expect } from 'chai';
import { render } from '../../../src/base/rendering/templates.ts';

const field = { name: 'email', label: 'E-postadress', values: {}, errors: {} };

describe('render', () => {
  it('escapes what it is given', () => {
    const html = render('partials/form/field', undefined, { ...field, values: { email: '"><script>' } });
    expect(html).to.include('value="&#34;&gt;&lt;script&gt;"').and.not.include('<script>');
  });

  it('lets a partial see what it is given, and nothing of the view that includes it', () => {
    const radios = { ...field, legend: 'Roll', options: [{ value: 'chef', label: 'Chef' }] };
    const html = render('partials/form/radios', undefined, { ...radios, kind: 'checkbox', help: 'Välj en' });
    expect(html).to.include('type="radio"').and.include('Välj en');
  });

  it('forgets nothing and adds nothing from one rendering to the next', () => {
    expect(render('partials/form/field', undefined, { ...field, help: 'Hjälp' })).to.include('Hjälp');
    expect(render('partials/form/field', undefined, field)).to.not.include('email-hjalp');
    expect(render('partials/form/field', undefined, { ...field, optional: '(frivilligt)' })).to.include(
      '(frivilligt)',
    );
  });

  it('throws where a view names something that nobody gave', () => {
    expect(() => render('partials/tag', undefined, { color: 'info' })).to.throw(
      /tag\.ejs.*[\s\S]*text is not defined/,
    );
  });
});
