/** Parties that can stop a grant. Each has a flag of its own, so that nobody lifts another's suspension.
 *  @source QZ-5.10 (the platform), HZ-8.5c, YN-15d (the provider) */
export const PARTIES = ['CONSUMER', 'PROVIDER', 'PLATFORM'] as const;
export type Party = (typeof PARTIES)[number];

/** Lists the parties as which a caller can act on a grant, the widest first.
 *  @param providers  departments whose items it gives */
export function partiesOf(
  grant: { readonly department: string },
  providers: readonly string[],
  { department, roles = [] }: { readonly department: string; readonly roles?: readonly string[] | undefined },
): Party[] {
  return [
    ...(roles.includes('authority') ? (['PLATFORM'] as const) : []),
    ...(providers.includes(department) && roles.includes('provider') ? (['PROVIDER'] as const) : []),
    ...(grant.department === department ? (['CONSUMER'] as const) : []),
  ];
}
