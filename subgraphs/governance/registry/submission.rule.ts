import { findTextProblem } from '../core/text.rule.js';

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
  readonly message: string;
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
      message: `${subgraph} is on the operator's own list of subgraphs, which comes first. Ask the operator to take it off.`,
    };
  const fold = (name: string) => name.toUpperCase().replaceAll('-', '_');
  const alike = [...listed, ...known].find((other) => other !== subgraph && fold(other) === fold(subgraph));
  return alike === undefined
    ? undefined
    : { code: 'NAME_LOOKS_ALIKE', message: `${subgraph} can be taken for ${alike} in the composed graph.` };
}

/** The hub sends what departments ask to this address, so the operator lists the hosts that it may have. */
export function checkAddress(url: string, { origins }: RegistrySettings): SubmissionProblem | undefined {
  if (url.length > LONGEST_URL || !URL.canParse(url))
    return malformed(`\`url\` must be an address of at most ${LONGEST_URL} characters.`);
  const { protocol, username, password, hash, search, origin } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') return malformed('`url` must be an https or http address.');
  if (username !== '' || password !== '' || hash !== '' || search !== '')
    return malformed('`url` must name no user, password, query or fragment: every reader of the version sees it.');
  return origins.has(origin)
    ? undefined
    : {
        code: 'HOST_NOT_LISTED',
        message:
          'The operator has not listed this host, port and protocol for subgraphs (SUBGRAPH_HOSTS). Ask to have it listed.',
      };
}

const malformed = (message: string): SubmissionProblem => ({ code: 'VERSION_MALFORMED', message });
