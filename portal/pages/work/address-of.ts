const PAGES: Readonly<Record<string, string>> = {
  application: '/application',
  grant: '/grant',
  correction: '/correction',
  'multi-source-check': '/check',
  'verification-lock': '/locks',
};

/** Page of the thing that a notice is about, `kind/id` as governance names it; undefined where it has none. */
export function addressOf(object: string): string | undefined {
  const [kind = '', ...rest] = object.split('/');
  const id = rest.join('/');
  // The provider's part of an application: its number, and the provider's code.
  if (kind === 'application' && rest.length > 1) return `/review?id=${encodeURIComponent(id)}`;
  if (kind === 'resource') return `/entry?code=${encodeURIComponent(id.replace(/@.*$/, ''))}`;
  return PAGES[kind] && `${PAGES[kind]}?id=${encodeURIComponent(id)}`;
}
