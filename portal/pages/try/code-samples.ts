/** The query that a sample sends. */
export interface SampleRequest {
  /** Address of the hub's GraphQL. */
  readonly url: string;
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly scenario: string | undefined;
}
export const SAMPLE_LANGUAGES = ['curl', 'typescript', 'java', 'python'] as const;
export type SampleLanguage = (typeof SAMPLE_LANGUAGES)[number];

/** A program that sends a query as a system of the department does: its access token comes from the environment, and what a
 *  person typed into variables is replaced by their names, so that a sample can be passed on. */
export function writeSample(language: SampleLanguage, request: SampleRequest): string {
  return WRITERS[language]({ ...request, variables: withoutTexts(request.variables) });
}

/** Headers beside the token; the code of a scenario is percent-encoded. */
const headersOf = ({ scenario }: SampleRequest): readonly (readonly [string, string])[] => [
  ['content-type', 'application/json'],
  ...(scenario ? [['share-scenario', percentEncode(scenario)] as const] : []),
];

const WRITERS: Readonly<Record<SampleLanguage, (request: SampleRequest) => string>> = {
  curl: (request) =>
    [
      `curl --fail-with-body ${request.url} \\`,
      '  -H "authorization: Bearer $SHAREHUB_TOKEN" \\',
      ...headersOf(request).map(([name, value]) => `  -H '${name}: ${value}' \\`),
      "  --data-binary @- <<'JSON'",
      JSON.stringify({ query: request.text, variables: request.variables }, undefined, 2),
      'JSON',
    ].join('\n'),

  typescript: (request) =>
    [
      `const query = ${asTemplate(request.text)};`,
      '',
      `const response = await fetch(${JSON.stringify(request.url)}, {`,
      "  method: 'POST',",
      '  headers: {',
      '    authorization: `Bearer ${process.env.SHAREHUB_TOKEN}`,',
      ...headersOf(request).map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)},`),
      '  },',
      `  body: JSON.stringify({ query, variables: ${JSON.stringify(request.variables)} }),`,
      '});',
      '// A refused item is null in `data`, and `errors` says why.',
      'const { data, errors } = await response.json();',
      'console.log(data, errors);',
    ].join('\n'),

  java: (request) =>
    [
      'import java.net.URI;',
      'import java.net.http.HttpClient;',
      'import java.net.http.HttpRequest;',
      'import java.net.http.HttpResponse;',
      '',
      'public class Ask {',
      '  public static void main(String[] arguments) throws Exception {',
      `    String body = ${JSON.stringify(JSON.stringify({ query: request.text, variables: request.variables }))};`,
      `    HttpRequest request = HttpRequest.newBuilder(URI.create(${JSON.stringify(request.url)}))`,
      '        .header("authorization", "Bearer " + System.getenv("SHAREHUB_TOKEN"))',
      ...headersOf(request).map(
        ([name, value]) => `        .header(${JSON.stringify(name)}, ${JSON.stringify(value)})`,
      ),
      '        .POST(HttpRequest.BodyPublishers.ofString(body))',
      '        .build();',
      '    HttpResponse<String> response =',
      '        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());',
      '    // A refused item is null in "data", and "errors" says why.',
      '    System.out.println(response.body());',
      '  }',
      '}',
    ].join('\n'),

  python: (request) =>
    [
      'import json, os, urllib.request',
      '',
      `query = """${request.text.replaceAll('\\', '\\\\').replaceAll('"""', '\\"\\"\\"')}"""`,
      `variables = json.loads(${JSON.stringify(JSON.stringify(request.variables))})`,
      'request = urllib.request.Request(',
      `    ${JSON.stringify(request.url)},`,
      '    data=json.dumps({"query": query, "variables": variables}).encode(),',
      '    headers={',
      '        "authorization": "Bearer " + os.environ["SHAREHUB_TOKEN"],',
      ...headersOf(request).map(([name, value]) => `        ${JSON.stringify(name)}: ${JSON.stringify(value)},`),
      '    },',
      ')',
      'answer = json.load(urllib.request.urlopen(request))',
      '# A refused item is null in "data", and "errors" says why.',
      'print(answer["data"], answer.get("errors"))',
    ].join('\n'),
};

/** A text as a TypeScript template, line by line. */
const asTemplate = (text: string): string =>
  `\`${text.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${')}\``;

/** The same variables with `<name>` in place of texts, which may be a person's. */
function withoutTexts(variables: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const replace = (name: string, value: unknown): unknown => {
    if (typeof value === 'string') return `<${name}>`;
    if (Array.isArray(value)) return value.map((each) => replace(name, each));
    return typeof value === 'object' && value !== null ? withoutTexts(value as Record<string, unknown>) : value;
  };
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, replace(name, value)]));
}

/** As a header's value, which a shell may have between apostrophes. */
const percentEncode = (text: string): string => encodeURIComponent(text).replaceAll("'", '%27');
