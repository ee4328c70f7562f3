const WORDS = {
  zh: {
    scenario: '用途（应用场景）',
    none: '不写明用途',
    notRegistered: '未登记到任何部门',
    signOut: '退出登录',
    toPortal: '在“试用查询”中打开',
    findByTitle: '按名称查找',
    findHelp: '按信息项、资源、查询的中文名称查找，点击后打开其说明。',
    nothing: '没有找到。',
    more: '结果较多，请输入更具体的名称。',
    welcome:
      '# 一次查询可以跨部门取数。左侧的文档说明每个信息项如何共享。\n# 未提供的信息项为 null，其错误信息说明原因和申请办法。\n# 公民身份号码等请填写为变量。\n',
  },
  en: {
    scenario: 'Scenario',
    none: 'none',
    notRegistered: 'not registered',
    signOut: 'Sign out',
    toPortal: 'Open in “Try a query”',
    findByTitle: 'Find by title',
    findHelp: 'Finds items, resources and queries by their titles, and opens their documentation.',
    nothing: 'Nothing was found.',
    more: 'There is more: type more of the title.',
    welcome:
      '# Ask across departments. Documentation, on the left, says how each item is shared.\n# An item that is refused comes back as null, with an error that says how to apply.\n# Identity numbers belong into variables.\n',
  },
} as const;

const CHOICE = 'sharehub:language';

/** The words of the page: in the language that was chosen in the portal, else in the one that the browser asked for. */
export const language = (localStorage.getItem(CHOICE) ?? document.documentElement.lang) === 'zh' ? 'zh' : 'en';
export const words = WORDS[language];
