import { cleanText, findTextProblem } from '../../core/text.rule.js';

const MOST_PROVISIONS = 20;

export interface ScenarioTerms {
  readonly name: string;
  readonly purpose: string;
  readonly basis: readonly string[];
}

type Unchecked = Pick<ScenarioTerms, 'name' | 'purpose'> & {
  /** Not checked where absent. */
  readonly basis?: readonly string[] | undefined;
};

/** Checks a scenario before it is compared with others.
 *  @returns every problem found, as sentences; none where it can be registered
 *  @source QZ-2.2g (a grant is bound to a scenario) */
export function validateScenario({ name, purpose, basis }: Unchecked): string[] {
  const problems = [
    findTextProblem('name', name, { max: 60 }),
    findTextProblem('purpose', purpose, { max: 300 }),
    ...(basis ?? []).map((provision) => findTextProblem('basis', provision, { max: 200 })),
  ];
  if (basis?.length === 0) problems.push('`basis` is empty. Name the provision under which the department asks.');
  if (basis && basis.length > MOST_PROVISIONS) problems.push(`\`basis\` has more than ${MOST_PROVISIONS} provisions.`);
  return problems.filter((problem) => problem !== undefined);
}

/** A scenario's code is sent in a header of every request. */
export const findScenarioCodeProblem = (code: string): string | undefined =>
  /^[a-z][a-z0-9-]{1,62}$/.test(code) ? undefined : '`code` must be 2 to 63 small letters, digits and hyphens.';

/** The texts in the one form that is kept. */
export const cleanTerms = ({ name, purpose, basis }: ScenarioTerms): ScenarioTerms & { basis: string[] } => ({
  name: cleanText(name),
  purpose: cleanText(purpose),
  basis: basis.map(cleanText),
});
