/** Streams that can be subscribed to: uses of a provider's items, and acts of governance that concern a department. */
export type StreamName = 'uses' | 'acts';
