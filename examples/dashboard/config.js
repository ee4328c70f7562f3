/** The four things that differ from one dashboard to the next. */
export const CONFIG = {
  /** Address of the hub. Its operator lists this page's origin in CORS_ORIGINS. */
  hub: 'http://127.0.0.1:4000',
  /** OpenID provider that the hub trusts; the demo's own is nine ports after the hub. */
  issuer: 'http://127.0.0.1:4009',
  /** As the data authority has registered this page: in a browser, with this page's address to return to. */
  clientId: 'housing-board',
  /** Purpose for which the numbers are asked. */
  scenario: 'public-rental-review',
};
