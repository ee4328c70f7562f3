import { comment } from './yaml-text.js';
import type { CallText, SourceCall, SourceService } from './sources/source-table.js';

/** `from` of a type whose rows a service gives, as lines of YAML.
 *  @param source  name under which the hub has the service */
export function serviceLines(source: string, { success, absent, credential, calls }: SourceService): string[] {
  const remark = success === 'status' ? undefined : success.remark;
  return [
    `    from: # 数据源 ${source} 须先在平台登记；地址和凭据不写在这里`,
    `      service: ${source}`,
    ...(remark === undefined ? [] : [`      # 注意: ${comment(remark)}`]),
    `      success: ${success === 'status' ? success : `{ at: ${JSON.stringify(success.at)}, is: ${JSON.stringify(success.is)} }`}`,
    ...(absent.length > 0 ? [`      absent: { status: [${absent.join(', ')}] }`] : []),
    ...(credential === undefined ? [] : [`      credential: ${flow(credential)}`]),
    '      calls:',
    ...calls.map((call) => `        - ${flow(callOf(call))}`),
  ];
}

const callOf = ({ by, narrow, most, method, path, query, body, rows, pages }: SourceCall) => ({
  ...(by.length > 0 && { by }),
  ...(narrow.length > 0 && { narrow }),
  ...(most !== undefined && most > 1 && { most }),
  ...(method === 'POST' && { method }),
  path: textOf(path),
  ...(Object.keys(query).length > 0 && { query: textsOf(query) }),
  ...(body && { body: textsOf(body) }),
  ...(rows !== '' && { rows }),
  ...(pages !== undefined && { pages }),
});

const textOf = (text: CallText): string =>
  text.map((part) => (typeof part === 'string' ? part : `{${'word' in part ? part.word : part.column}}`)).join('');
const textsOf = (texts: Readonly<Record<string, CallText>>) =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, textOf(text)]));

/** A value in YAML's flow style: names plain where they can be, texts as JSON writes them. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value !== 'object' || value === null)
    return typeof value === 'string' &&
      /^[A-Za-z][A-Za-z0-9]*$/.test(value) &&
      !/^(true|false|null|yes|no|on|off|y|n)$/i.test(value)
      ? value
      : JSON.stringify(value);
  const members = Object.entries(value).filter(([, each]) => each !== undefined);
  return members.length === 0
    ? '{}'
    : `{ ${members.map(([name, each]) => `${flow(name)}: ${flow(each)}`).join(', ')} }`;
}
