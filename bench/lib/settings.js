/** What a contender is told when it is started: `{ port, supergraph, config, … }`, as JSON in its first argument. */
export const settings = () => JSON.parse(process.argv[2]);
