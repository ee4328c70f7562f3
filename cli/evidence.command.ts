import type { Command } from 'commander';
import { archive } from './evidence/archive.js';
import { expire } from './evidence/expire.js';
import { exportUses } from './evidence/export.js';
import { forgetSubjectKey } from './evidence/forget-subject-key.js';
import { keys } from './evidence/keys.js';
import { restore } from './evidence/restore.js';
import { rotateKey } from './evidence/rotate-key.js';
import { rotateSubjectKey } from './evidence/rotate-subject-key.js';
import { verify } from './evidence/verify.js';

/** `sharehub evidence`: what auditors and operators do with the hub's records. A subcommand is a file of its folder. */
export function register(program: Command): void {
  const evidence = program.command('evidence').description("check the hub's records of every use, and keep their keys");
  for (const add of [verify, keys, rotateKey, rotateSubjectKey, forgetSubjectKey, exportUses, archive, restore, expire])
    add(evidence);
}
