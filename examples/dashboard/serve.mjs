// Serves this folder for trying it: `node examples/dashboard/serve.mjs [port]`. Any web server does the same.
// HUB and ISSUER in the environment stand in for those of config.js.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
const FILES = new Set(['index.html', 'board.css', 'board.js', 'ask-hub.js', 'charts.js', 'config.js', 'sign-in.js']);
const { HUB = 'http://127.0.0.1:4000', ISSUER = 'http://127.0.0.1:4009' } = process.env;

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  const name = pathname === '/' ? 'index.html' : pathname.slice(1);
  if (!FILES.has(name)) return response.writeHead(404).end();
  const text = await readFile(join(import.meta.dirname, name), 'utf8');
  response.writeHead(200, {
    'content-type': `${TYPES[extname(name)]}; charset=utf-8`,
    'cache-control': 'no-cache',
    // The page runs its own scripts only, and speaks to the hub and the provider only.
    'content-security-policy': `default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; connect-src ${HUB} ${ISSUER}; base-uri 'none'; frame-ancestors 'none'`,
    'referrer-policy': 'no-referrer',
  });
  const isConfig = name === 'config.js';
  response.end(isConfig ? text.replace('http://127.0.0.1:4000', HUB).replace('http://127.0.0.1:4009', ISSUER) : text);
});
server.listen(Number(process.argv[2] ?? 8080), '127.0.0.1', () => {
  console.log(`dashboard http://127.0.0.1:${server.address().port}/index.html`);
});
