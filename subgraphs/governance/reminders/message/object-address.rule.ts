const PAGES: Readonly<Record<string, string>> = {
  application: '/application',
  grant: '/grant',
  correction: '/correction',
  'message-channel': '/messages',
};

/** Page of the portal for what a notice is about; undefined where it has none of its own.
 *  @param object  `kind/id`, as acts of governance name it */
export function addressOfObject(object: string): string | undefined {
  const [kind = '', ...rest] = object.split('/');
  const id = rest.join('/');
  // The provider's part of an application: its number, and the provider's code.
  if (kind === 'application' && rest.length > 1) return `/review?id=${encodeURIComponent(id)}`;
  if (kind === 'resource' || kind === 'freshness') return `/entry?code=${encodeURIComponent(id.replace(/@.*$/, ''))}`;
  if (kind === 'message-channel') return PAGES[kind];
  return PAGES[kind] && `${PAGES[kind]}?id=${encodeURIComponent(id)}`;
}
