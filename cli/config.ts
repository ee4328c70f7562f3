/** The environment that a process started by this one inherits. */
export const inheritedEnvironment = (): NodeJS.ProcessEnv => ({ ...process.env });
