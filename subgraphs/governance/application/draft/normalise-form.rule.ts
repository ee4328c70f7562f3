import { distinctTexts, type Text } from '../../../../shared/kernel/index.js';
import { cleanText, findTextProblem } from '../../core/text.rule.js';
import type { FormValues } from './form-values.js';
import { say } from '../messages/index.js';

const LONG_TEXTS = ['need', 'reason', 'use', 'scopeOfUse', 'securityMeasures', 'bulkFinding'] as const;
const SHORT_TEXTS = ['scenario', 'duty', 'contactName', 'contactPhone'] as const;
const LONG = { max: 2_000, lines: true, optional: true } as const;
const SHORT = { max: 100, optional: true } as const;
const MOST_ITEMS = 500;

/** Normalises a form for storage: texts are composed and trimmed, lists have no repetition.
 *  @returns the form, or the problems of its texts; then nothing of it can be kept */
export function normaliseForm(
  form: FormValues,
): { readonly form: FormValues } | { readonly problems: readonly Text[] } {
  const { coordinates, rows, uncatalogued } = form;
  const problems = [
    ...LONG_TEXTS.map((name) => findTextProblem(name, form[name] ?? '', LONG)),
    ...SHORT_TEXTS.map((name) => findTextProblem(name, form[name] ?? '', SHORT)),
    (coordinates?.length ?? 0) > MOST_ITEMS ? say('texts.items', { most: MOST_ITEMS }) : undefined,
    (rows?.length ?? 0) > MOST_ITEMS ? say('texts.divisions', { most: MOST_ITEMS }) : undefined,
    ...(coordinates ?? []).map((at) => findTextProblem('coordinates', at, { max: 200 })),
    uncatalogued && findTextProblem('uncatalogued.description', uncatalogued.description, { max: 2_000, lines: true }),
  ].filter((problem) => problem !== undefined);
  if (problems.length > 0) return { problems: distinctTexts(problems) };
  const given = Object.fromEntries(Object.entries(form).filter(([, value]) => value != null)) as FormValues;
  const texts = [...LONG_TEXTS, ...SHORT_TEXTS].flatMap((name) => {
    const text = form[name];
    return text == null ? [] : [[name, cleanText(text)] as const];
  });
  return {
    form: {
      ...given,
      ...Object.fromEntries(texts),
      ...(coordinates && { coordinates: [...new Set(coordinates.map(cleanText))] }),
      ...(rows && { rows: [...new Set(rows)] }),
      ...(uncatalogued && {
        uncatalogued: { provider: uncatalogued.provider, description: cleanText(uncatalogued.description) },
      }),
    },
  };
}
