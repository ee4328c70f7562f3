/** Name under which the hub itself compares items of two departments. No department can register a system of that name, so
 *  nobody has a token of it. @source HZ-6.3a */
export const MULTI_SOURCE_SYSTEM = 'hub-multi-source-check';

/** Name under which the hub itself has records judged by the rules of quality. @source QZ-3.5b, CZ-12b */
export const QUALITY_SYSTEM = 'hub-quality';

/** Names of systems that are the hub's own begin so. */
const HUB_PREFIX = 'hub-';
export const isHubSystem = (name: string): boolean => name.startsWith(HUB_PREFIX);

/** Name under which the hub reads records to compare them with claims, where the provider's subgraph cannot. @source QZ-5.4d */
export const VERIFICATION_SYSTEM = 'hub-verification';

/** Subgraphs of the hub's own are called so too: no department has one of such a name. */
export const isHubSubgraph = (name: string): boolean => name.toLowerCase().startsWith(HUB_PREFIX);
