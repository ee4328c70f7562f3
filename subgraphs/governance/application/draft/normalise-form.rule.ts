import { cleanText, findTextProblem } from '../../core/text.rule.js';
import type { FormValues } from './validate-form.rule.js';

const LONG = ['need', 'reason', 'use', 'scopeOfUse', 'securityMeasures', 'bulkFinding'] as const;
const SHORT = ['scenario', 'duty', 'contactName', 'contactPhone'] as const;
const MOST_ITEMS = 500;

/** A form as it is kept: texts composed and trimmed, lists without repetition.
 *  @returns  the form, or what is wrong with its texts; then nothing of it can be kept */
export function normaliseForm(form: FormValues): { readonly form: FormValues } | { readonly wrong: readonly string[] } {
  const wrong: string[] = [];
  const texts: Record<string, string> = {};
  const take = (name: (typeof LONG)[number] | (typeof SHORT)[number], max: number, lines: boolean) => {
    const text = form[name];
    if (text == null) return;
    const fault = findTextProblem(name, text, { max, lines, optional: true });
    if (fault) wrong.push(fault);
    texts[name] = cleanText(text);
  };
  for (const name of LONG) take(name, 2_000, true);
  for (const name of SHORT) take(name, 100, false);
  const { coordinates, rows, uncatalogued } = form;
  if ((coordinates?.length ?? 0) > MOST_ITEMS) wrong.push(`Name at most ${MOST_ITEMS} items in one application.`);
  if ((rows?.length ?? 0) > MOST_ITEMS) wrong.push(`Name at most ${MOST_ITEMS} divisions in one application.`);
  for (const at of coordinates ?? []) {
    const fault = findTextProblem('coordinates', at, { max: 200 });
    if (fault) wrong.push(fault);
  }
  if (uncatalogued) {
    const fault = findTextProblem('uncatalogued.description', uncatalogued.description, { max: 2_000, lines: true });
    if (fault) wrong.push(fault);
  }
  if (wrong.length > 0) return { wrong: [...new Set(wrong)] };
  const given = Object.fromEntries(Object.entries(form).filter(([, value]) => value != null)) as FormValues;
  return {
    form: {
      ...given,
      ...texts,
      ...(coordinates && { coordinates: [...new Set(coordinates.map(cleanText))] }),
      ...(rows && { rows: [...new Set(rows)] }),
      ...(uncatalogued && {
        uncatalogued: { provider: uncatalogued.provider, description: cleanText(uncatalogued.description) },
      }),
    },
  };
}
