import { PAGE_HEADERS } from '../parts/hub-file.js';
import { Client, fetchExchange, mapExchange } from 'urql';
import { language } from './words.js';

/** Asks the hub for the signed-in person. Nothing is cached and nothing is asked again by itself: each question about shared
 *  data is an access record and a use of a quota, and a refused item is null beside its reason, which no cache keeps together.
 *  @param onSessionEnded  called when the hub no longer knows the session */
export const createClient = (onSessionEnded: () => void): Client =>
  new Client({
    url: '/graphql',
    preferGetMethod: false,
    requestPolicy: 'network-only',
    fetchOptions: () => ({ headers: { ...PAGE_HEADERS, 'accept-language': language } }),
    exchanges: [
      mapExchange({
        onError: (error) => {
          if ((error.response as Response | undefined)?.status === 401) onSessionEnded();
        },
      }),
      fetchExchange,
    ],
  });
