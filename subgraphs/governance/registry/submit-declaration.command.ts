import { buildDeclaredGraph } from '../../../shared/declaration/graph/index.js';
import { parseDeclaration, type DeclarationProblem } from '../../../shared/declaration/index.js';
import { HubError, type Text } from '../../../shared/kernel/index.js';
import { declaredAddress } from '../../../shared/read-model/declared-address.js';
import { cleanText, type GovernanceContext, Refusal } from '../core/index.js';
import { checkSdl } from './check-sdl.js';
import { checkName, checkNote } from './submission.rule.js';
import { mayPublish, refusePermit, storeVersion } from './submit-version.command.js';
import { findUnfitRows } from './unfit-rows.js';
import type { VersionResult } from './version-result.type.js';
import { say } from './messages/index.js';

export interface DeclarationSubmission {
  readonly subgraph: string;
  /** YAML. */
  readonly declaration: string;
  readonly note: string;
}

/** Stores a version of a subgraph that the hub itself serves from a declaration; the worker checks it like any other. */
export async function submitDeclaration(
  context: GovernanceContext,
  { subgraph, declaration, note }: DeclarationSubmission,
): Promise<VersionResult> {
  if (!(await mayPublish(context, subgraph))) return { refusal: refusePermit(subgraph) };
  const noteProblem = checkNote(note);
  if (noteProblem) return { refusal: Refusal.because(noteProblem.code, noteProblem.message) };
  // Before the transaction, which others wait for.
  const sdl = readDeclaration(subgraph, declaration);
  if (sdl instanceof Refusal) return { refusal: sdl };
  return storeVersion(context, subgraph, async (settings, versions, published) => {
    if (!(await mayPublish(context, subgraph))) return refusePermit(subgraph);
    const problem = checkName(subgraph, settings, published);
    if (problem) return Refusal.because(problem.code, problem.message);
    const current = await versions.find({ subgraph, state: 'PUBLISHED' });
    const unfit = findUnfitRows(declaration, current?.declaration);
    if (unfit) return unfit;
    const url = declaredAddress(subgraph, declaration);
    return { kind: 'SUBMISSION', sdl, url, declaration, note: cleanText(note) };
  });
}

/** @returns the SDL that the declaration says */
function readDeclaration(subgraph: string, text: string): string | Refusal {
  const { declaration, problems } = parseDeclaration(text);
  if (!declaration)
    return Refusal.because(
      'DECLARATION_MALFORMED',
      say('declaration.problems', {
        problems:
          problems.length === 1 ? say('declaration.one') : say('declaration.several', { count: problems.length }),
      }),
      undefined,
      problems.map(describeProblem),
    );
  if (declaration.subgraph !== subgraph)
    return Refusal.because(
      'DECLARATION_MALFORMED',
      say('declaration.other', { declared: declaration.subgraph, subgraph }),
    );
  try {
    const { sdl } = buildDeclaredGraph(declaration).built;
    const problem = checkSdl(sdl);
    return problem ? Refusal.because('DECLARATION_UNFIT', problem.message) : sdl;
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    const found = (error.details['problems'] ?? []) as readonly { readonly message: string }[];
    const message = say('declaration.unfit');
    return Refusal.because(
      'DECLARATION_UNFIT',
      message,
      undefined,
      found.map((problem) => problem.message),
    );
  }
}

const describeProblem = ({ line, column, path, message, code }: DeclarationProblem): Text =>
  say('declaration.at', { line, column, code, path: path === '' ? '' : `${path} `, message });
