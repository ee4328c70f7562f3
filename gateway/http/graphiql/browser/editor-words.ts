/** GraphiQL's own words in Chinese, as its buttons, headings and dialogues have them. */
const ZH: Readonly<Record<string, string>> = {
  'Execute query': '运行查询',
  'Stop query': '停止查询',
  'Prettify query': '整理格式',
  'Prettify Editors': '整理格式',
  'Prettify editors': '整理格式',
  'Merge fragments into query': '将片段并入查询',
  'Merge Fragments into Query': '将片段并入查询',
  'Copy query': '复制查询',
  'Copy Query': '复制查询',
  'Re-fetch GraphQL schema': '重新读取数据结构',
  'Open short keys dialog': '快捷键',
  'Open settings dialog': '设置',
  'New tab': '新标签页',
  'Close Tab': '关闭标签页',
  'Close dialog': '关闭',
  'Documentation Explorer': '文档',
  History: '历史',
  Clear: '清除',
  Cleared: '已清除',
  'Edit label': '改名',
  'Type a label': '输入名称',
  'Delete from history': '从历史中删除',
  'Add favorite': '收藏',
  'Remove favorite': '取消收藏',
  'Set active': '打开',
  Variables: '变量',
  Headers: '请求头',
  'Operation Editor': '查询文本',
  'Select active operation': '选择要运行的查询',
  'Show editor tools': '显示变量',
  'Hide editor tools': '收起变量',
  Docs: '文档',
  'Root Types': '入口类型',
  'All Schema Types': '全部类型',
  Fields: '字段',
  Arguments: '参数',
  Type: '类型',
  Implements: '实现',
  Implementations: '实现',
  'Possible Types': '可能的类型',
  'Enum Values': '枚举值',
  Directives: '指令',
  Deprecated: '已停用',
  'Deprecated Fields': '已停用的字段',
  'Deprecated Arguments': '已停用的参数',
  'Deprecated Enum Values': '已停用的枚举值',
  'Show Deprecated Fields': '显示已停用的字段',
  'Show Deprecated Arguments': '显示已停用的参数',
  'Show Deprecated Values': '显示已停用的值',
  'No results found': '没有找到',
  'Other results': '其他结果',
  'No GraphQL schema available': '没有读到数据结构',
  'Error fetching schema': '读取数据结构失败',
  Settings: '设置',
  Theme: '外观',
  'Adjust how the interface appears.': '选择界面的明暗。',
  System: '跟随系统',
  Light: '浅色',
  Dark: '深色',
  'Clear storage': '清除本机数据',
  'Remove all locally stored data and start fresh.': '删除此浏览器中保存的全部内容。',
  'Clear data': '清除',
  'Cleared data': '已清除',
  'Short Keys': '快捷键',
  'Short Key': '按键',
  Function: '功能',
  'Search in editor': '在编辑器中查找',
  'Search in documentation': '在文档中查找',
  'Execute query in editor': '运行查询',
  'Merge fragments definitions into operation definition': '将片段并入查询',
  'Re-fetch schema using introspection': '重新读取数据结构',
};

/** Keys of a shortcut stay behind the words, `Execute query (Ctrl-Enter)`; a part that is shown and hidden has a title of its own. */
function translate(text: string): string | undefined {
  const [, words = '', keys = ''] = /^(.*?)( \([^)]*\))?$/s.exec(text.trim()) ?? [];
  const [, verb, part = ''] = /^(Show|Hide) (.+)$/.exec(words) ?? [];
  if (ZH[words] === undefined && verb) return (verb === 'Show' ? '显示' : '收起') + (ZH[part] ?? part);
  return ZH[words] === undefined ? undefined : ZH[words] + keys;
}

/** Left as it is: the text that a person writes, and the answer. */
const KEPT =
  '.monaco-editor, .graphiql-markdown-description, .graphiql-doc-explorer-type-name, .graphiql-history-item-label';
const ATTRIBUTES = ['aria-label', 'title', 'placeholder'] as const;

function translateElement(element: Element): void {
  for (const name of ATTRIBUTES) {
    const words = translate(element.getAttribute(name) ?? '');
    if (words !== undefined) element.setAttribute(name, words);
  }
}

function translateBelow(root: Node): void {
  const around = root instanceof Element ? root : root.parentElement;
  if (!around || around.closest(KEPT)) return;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    node instanceof Element && node.matches(KEPT) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  for (let node: Node | null = root; node; node = walker.nextNode())
    if (node instanceof Element) translateElement(node);
    else if (node instanceof Text) {
      const words = translate(node.data);
      if (words !== undefined) node.data = words;
    }
}

/** Shows GraphiQL's own words in Chinese from now on: it has no way to be given any. */
export function translateEditor(): void {
  translateBelow(document.body);
  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes)
      if (type === 'attributes') {
        if (target instanceof Element && !target.closest(KEPT)) translateElement(target);
      } else for (const node of addedNodes) translateBelow(node);
  }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: [...ATTRIBUTES] });
}
