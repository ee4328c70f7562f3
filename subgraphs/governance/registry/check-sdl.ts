import { Kind, parse } from 'graphql';
import type { SubmissionProblem } from './submission.rule.js';

/** Most bytes of a schema, and most tokens: one that is larger is split into subgraphs. */
const MOST_BYTES = 500_000;
const MOST_TOKENS = 200_000;

/** Checks that a text is a schema of a bearable size; what it says is checked later.
 *  @returns  undefined where it can be stored */
export function checkSdl(sdl: string): SubmissionProblem | undefined {
  if (Buffer.byteLength(sdl) > MOST_BYTES) return refused(`it is over ${MOST_BYTES} bytes`);
  try {
    const { definitions } = parse(sdl, { noLocation: true, maxTokens: MOST_TOKENS });
    return definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION || kind === Kind.FRAGMENT_DEFINITION)
      ? refused('it holds an operation')
      : undefined;
  } catch (error) {
    return refused(error instanceof RangeError ? 'it is nested too deeply' : (error as Error).message);
  }
}

const refused = (why: string): SubmissionProblem => ({
  code: 'SDL_MALFORMED',
  message: `\`sdl\` is no schema: ${why}.`,
});
