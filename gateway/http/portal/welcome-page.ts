import { pageHtml } from '../pages/page-html.js';

interface Words {
  readonly title: string;
  readonly sentence: string;
  readonly signIn: string;
  readonly enter: string;
  readonly queryPage: string;
}

const WORDS: Readonly<Record<'zh' | 'en', Words>> = {
  zh: {
    title: '政务数据共享平台',
    sentence: '部门之间依法共享政务数据：查目录、提申请、办审核、用数据，每一次使用都有记录。',
    signIn: '登录',
    enter: '进入门户',
    queryPage: '查询页面（开发人员）',
  },
  en: {
    title: 'ShareHub',
    sentence: 'Departments share data under the law: find it, apply for it, review, and use it. Each use is recorded.',
    signIn: 'Sign in',
    enter: 'Open the portal',
    queryPage: 'Query page, for developers',
  },
};

const STYLE = `<style>
  body { font-family: system-ui, 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif; color: #1f2329;
    max-width: 44rem; margin: 12vh auto; padding: 0 1.5rem; line-height: 1.7 }
  h1 { font-size: 2rem; margin: 0 0 .5rem }
  .enter { display: inline-block; background: #0958d9; color: #fff; padding: .6rem 1.6rem; border-radius: 6px;
    text-decoration: none; margin: 1rem 1.5rem 1rem 0 }
  .enter:focus-visible { outline: 3px solid #91caff; outline-offset: 2px }
  a { color: #0958d9 }
</style>`;

/** The first page, for everybody: readable without a script. */
export function welcomePage(language: 'zh' | 'en', signedIn: boolean): string {
  const { title, sentence, signIn, enter, queryPage } = WORDS[language];
  const body = `<main><h1>${title}</h1><p>${sentence}</p>
<p><a class="enter" href="/portal">${signedIn ? enter : signIn}</a> <a href="/graphiql">${queryPage}</a></p></main>`;
  return pageHtml(language, STYLE, body);
}
