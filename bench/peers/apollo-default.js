import { readFileSync } from 'node:fs';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { settings } from '../lib/settings.js';

/** `@apollo/gateway` in Apollo Server as its documentation sets it up. */
const { port, supergraph } = settings();
const gateway = new ApolloGateway({ supergraphSdl: readFileSync(supergraph, 'utf8') });
await startStandaloneServer(new ApolloServer({ gateway }), { listen: { port, host: '127.0.0.1' } });
