import type { Text } from '../../../../shared/kernel/index.js';
import { cleanText, findTextProblem } from '../../core/text.rule.js';
import { say } from '../messages/index.js';

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
export function validateScenario({ name, purpose, basis }: Unchecked): Text[] {
  const problems = [
    findTextProblem('name', name, { max: 60 }),
    findTextProblem('purpose', purpose, { max: 300 }),
    ...(basis ?? []).map((provision) => findTextProblem('basis', provision, { max: 200 })),
  ];
  if (basis?.length === 0) problems.push(say('scenario.noBasis'));
  if (basis && basis.length > MOST_PROVISIONS) problems.push(say('scenario.basisLong', { most: MOST_PROVISIONS }));
  return problems.filter((problem) => problem !== undefined);
}

/** A scenario's code is sent in a header of every request. */
export const findScenarioCodeProblem = (code: string): Text | undefined =>
  /^[a-z][a-z0-9-]{1,62}$/.test(code) ? undefined : say('code.form');

/** The texts in the one form that is kept. */
export const cleanTerms = ({ name, purpose, basis }: ScenarioTerms): ScenarioTerms & { basis: string[] } => ({
  name: cleanText(name),
  purpose: cleanText(purpose),
  basis: basis.map(cleanText),
});
