import ts from 'typescript';

/** Tables that the SQL in a source file names: after `from`, `join`, `into`, `update`, `table`, `only` or `truncate` in
 *  its string and template literals, as first argument of Kysely's `selectFrom` and the like, and entities' table names.
 *  @param known  tables there are; other words after `from` are sub-queries, aliases or English
 *  @returns      names with their schema where it is not `public` */
export function tablesNamedIn(file: string, source: string, known: ReadonlySet<string>): Set<string> {
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node)) {
      if (!ts.isImportDeclaration(node.parent))
        for (const name of tablesInSql(node.text)) if (known.has(name)) found.add(name);
      const table = tableArgument(node);
      if (table !== undefined && known.has(table)) found.add(table);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true));
  return found;
}

const AFTER = /\b(?:from|join|into|update|table|only|truncate)\s+((?:evidence\.)?[a-z_]+)/gi;
/** Further tables of a list: `from a, b`. */
const LISTED = /\bfrom\s+[a-z_. ]+?(?:,\s*((?:evidence\.)?[a-z_]+)(?:\s+[a-z_]+)?)+/gi;

function tablesInSql(sql: string): string[] {
  return [...sql.matchAll(AFTER), ...sql.matchAll(LISTED)].map((match) => match[1]!.toLowerCase());
}

const KYSELY = new Set([
  'selectFrom',
  'insertInto',
  'updateTable',
  'deleteFrom',
  'mergeInto',
  'innerJoin',
  'leftJoin',
  'rightJoin',
  'fullJoin',
  'crossJoin',
]);

/** The table a literal names as an argument of Kysely: `grant as g` is `grant`. */
function tableArgument(node: ts.LiteralLikeNode): string | undefined {
  const call = ts.isArrayLiteralExpression(node.parent) ? node.parent.parent : node.parent;
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return undefined;
  return KYSELY.has(call.expression.name.text) ? node.text.split(/\s+as\s+/i)[0]!.trim() : undefined;
}
