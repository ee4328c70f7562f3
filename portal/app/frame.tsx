import Button from 'antd/es/button';
import Layout from 'antd/es/layout';
import Menu from 'antd/es/menu';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { routes } from './routes.js';
import { useSession } from './session.js';
import { chooseLanguage, language } from './words.js';

/** What stands around every page: who is signed in, and the pages for their roles. */
export function Frame({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { person, department, roles } = useSession();
  const { pathname } = useLocation();
  const mine = routes.filter(
    ({ name, roles: needed }) => name && (!needed || needed.some((role) => roles.includes(role))),
  );
  const toItem = ({ path, name }: (typeof mine)[number]) => ({
    key: path,
    label: <Link to={`/${path}`}>{t(`pages.${name}`)}</Link>,
  });
  // A group of one page is the page.
  const items = [...Map.groupBy(mine, ({ group }) => group)].map(([group, pages]) =>
    pages.length === 1
      ? toItem(pages[0]!)
      : { key: `group ${group}`, label: t(`groups.${group}`), children: pages.map(toItem) },
  );
  const current = mine.find(({ path }) => pathname === `/${path}` || pathname.startsWith(`/${path}/`))?.path;
  return (
    <Layout className="frame">
      <a className="skip" href="#content">
        {t('skipToContent')}
      </a>
      <header className="frame-header">
        <a className="frame-title" href="/portal">
          {t('title')}
        </a>
        <span className="frame-person">
          {person} · {department?.name ?? t('notRegistered')}
        </span>
        <Button
          size="small"
          lang={language === 'zh' ? 'en' : 'zh'}
          onClick={() => chooseLanguage(language === 'zh' ? 'en' : 'zh')}
        >
          {t('language')}
        </Button>
        <form method="post" action="/session/sign-out">
          <Button size="small" htmlType="submit">
            {t('signOut')}
          </Button>
        </form>
      </header>
      <nav aria-label={t('navigation')} className="frame-navigation">
        {/* Links that the menu itself hides for want of room could still be reached by the keyboard. */}
        <Menu disabledOverflow mode="horizontal" selectedKeys={current ? [current] : []} items={items} />
      </nav>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
    </Layout>
  );
}
