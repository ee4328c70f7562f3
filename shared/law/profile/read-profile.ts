import { join, resolve } from 'node:path';
import { HubError } from '../../kernel/index.js';
import { schemaFolder } from '../schema-folder.js';
import { YamlFile } from '../yaml-file.js';
import { checkProfile } from './check-profile.js';
import { profileSchema } from './profile-schema.js';
import { PROFILE_NAMES, type Profile } from './profile.js';

const cache = new Map<string, Profile>();

/** A jurisdiction's profile, checked whole; read once for each file.
 *  @param name    one of PROFILE_NAMES, or the path of a YAML file of one's own
 *  @param folder  where the named profiles are
 *  @throws HubError CONFIG_INVALID naming the file, the line and the path of every mistake, and what would be right */
export function readProfile(name: string, folder: string = join(schemaFolder(), 'profiles')): Profile {
  const file = fileOf(name, folder);
  const known = cache.get(file);
  if (known) return known;
  const yaml = YamlFile.read(file);
  const profile = freeze<Profile>(yaml.parse(profileSchema));
  const mistakes = checkProfile(profile);
  if (mistakes.length > 0) throw yaml.mistaken(mistakes);
  cache.set(file, profile);
  return profile;
}

function fileOf(name: string, folder: string): string {
  if (/[/\\]|\.ya?ml$/.test(name)) return resolve(name);
  if (PROFILE_NAMES.some((known) => known === name)) return resolve(folder, `${name}.yaml`);
  throw new HubError(
    'CONFIG_INVALID',
    `There is no profile "${name}". Name one of ${PROFILE_NAMES.join(', ')}, or the path of a YAML file of your own.`,
    { known: PROFILE_NAMES },
  );
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}
