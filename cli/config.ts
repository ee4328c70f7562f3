/** The environment that a process started by this one inherits. */
export const inheritedEnvironment = (): NodeJS.ProcessEnv => ({ ...process.env });

/** True for a command that npm runs as a script. */
export const isRunByNpm = (): boolean => process.env['npm_lifecycle_event'] !== undefined;
