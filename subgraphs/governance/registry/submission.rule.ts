import type { Text } from '../../../shared/kernel/index.js';
import { findTextProblem } from '../core/text.rule.js';
import { say } from './messages/index.js';

const LONGEST_URL = 500;

export interface Submission {
  readonly subgraph: string;
  readonly sdl: string;
  readonly url: string;
  readonly note: string;
}
/** What the operator decides about subgraphs. */
export interface RegistrySettings {
  /** Origins at which departments' subgraphs may run. */
  readonly origins: ReadonlySet<string>;
  /** Subgraphs that the operator's own list names: nobody else publishes them. */
  readonly listed: readonly string[];
}
export interface SubmissionProblem {
  readonly code: 'VERSION_MALFORMED' | 'SDL_MALFORMED' | 'HOST_NOT_LISTED' | 'SUBGRAPH_PINNED' | 'NAME_LOOKS_ALIKE';
  readonly message: Text;
}

/** Checks a submission by itself, but for its schema.
 *  @param known  names of the subgraphs that are published already
 *  @returns      undefined where it can be stored */
export function checkSubmission(
  { subgraph, url, note }: Submission,
  settings: RegistrySettings,
  known: readonly string[],
): SubmissionProblem | undefined {
  return checkNote(note) ?? checkName(subgraph, settings, known) ?? checkAddress(url, settings);
}

/** The note says what a version is for. */
export function checkNote(note: string): SubmissionProblem | undefined {
  const problem = findTextProblem('note', note, { max: 300 });
  return problem === undefined ? undefined : malformed(problem);
}

/** A name that the operator's list has, or one that a composed graph cannot tell from another, is nobody's to publish. */
export function checkName(
  subgraph: string,
  { listed }: RegistrySettings,
  known: readonly string[],
): SubmissionProblem | undefined {
  if (listed.includes(subgraph))
    return {
      code: 'SUBGRAPH_PINNED',
      message: say('submit.listed', { subgraph }),
    };
  const fold = (name: string) => name.toUpperCase().replaceAll('-', '_');
  const alike = [...listed, ...known].find((other) => other !== subgraph && fold(other) === fold(subgraph));
  return alike === undefined
    ? undefined
    : { code: 'NAME_LOOKS_ALIKE', message: say('submit.lookAlike', { subgraph, alike }) };
}

/** The hub sends what departments ask to this address, so the operator lists the hosts that it may have. */
export function checkAddress(url: string, { origins }: RegistrySettings): SubmissionProblem | undefined {
  if (url.length > LONGEST_URL || !URL.canParse(url)) return malformed(say('submit.url', { most: LONGEST_URL }));
  const { protocol, username, password, hash, search, origin } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') return malformed(say('submit.urlHttp'));
  if (username !== '' || password !== '' || hash !== '' || search !== '') return malformed(say('submit.urlBare'));
  return origins.has(origin)
    ? undefined
    : {
        code: 'HOST_NOT_LISTED',
        message: say('submit.host'),
      };
}

const malformed = (message: Text): SubmissionProblem => ({ code: 'VERSION_MALFORMED', message });
