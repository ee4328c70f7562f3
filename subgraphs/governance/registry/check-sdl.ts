import type { Text } from '../../../shared/kernel/index.js';
import { Kind, parse } from 'graphql';
import type { SubmissionProblem } from './submission.rule.js';
import { say } from './messages/index.js';

/** Most bytes of a schema, and most tokens: one that is larger is split into subgraphs. */
const MOST_BYTES = 500_000;
const MOST_TOKENS = 200_000;

/** Checks that a text is a schema of a bearable size; what it says is checked later.
 *  @returns  undefined where it can be stored */
export function checkSdl(sdl: string): SubmissionProblem | undefined {
  if (Buffer.byteLength(sdl) > MOST_BYTES) return refused(say('sdl.large', { most: MOST_BYTES }));
  try {
    const { definitions } = parse(sdl, { noLocation: true, maxTokens: MOST_TOKENS });
    return definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION || kind === Kind.FRAGMENT_DEFINITION)
      ? refused(say('sdl.operation'))
      : undefined;
  } catch (error) {
    return refused(error instanceof RangeError ? say('sdl.deep') : (error as Error).message);
  }
}

const refused = (why: Text): SubmissionProblem => ({
  code: 'SDL_MALFORMED',
  message: say('sdl.malformed', { why }),
});
