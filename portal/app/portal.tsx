import App from 'antd/es/app';
import ConfigProvider from 'antd/es/config-provider';
import Result from 'antd/es/result';
import enUS from 'antd/es/locale/en_US';
import zhCN from 'antd/es/locale/zh_CN';
import { Suspense, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Route, Routes } from 'react-router';
import { Provider } from 'urql';
import { DepartmentNames } from '../parts/department-name.js';
import { Loading } from '../parts/loading.js';
import { createClient } from './client.js';
import { Frame } from './frame.js';
import { routes, type PageRoute } from './routes.js';
import { SessionContext, useSession, type Session } from './session.js';
import { SessionEnded } from './session-ended.js';
import { language } from './words.js';

/** Colours of text have a contrast of at least 4.5 to 1 on what they stand on. @source WCAG 2.2, 1.4.3 */
const THEME = {
  token: {
    colorPrimary: '#0958d9',
    colorPrimaryHover: '#003eb3',
    colorLink: '#0958d9',
    colorError: '#cf1322',
    colorErrorHover: '#a8071a',
    colorTextPlaceholder: '#63676e',
    colorTextDescription: '#595d64',
    colorTextDisabled: '#6b6f76',
    borderRadius: 4,
  },
};

/** The portal of a signed-in person. */
export function Portal({ session }: { session: Session }) {
  const [ended, setEnded] = useState(false);
  const client = useMemo(() => createClient(() => setEnded(true)), []);
  return (
    <ConfigProvider locale={language === 'zh' ? zhCN : enUS} theme={THEME} button={{ autoInsertSpace: false }}>
      <App>
        <Provider value={client}>
          <SessionContext value={session}>
            <SessionEnded open={ended} onBack={() => setEnded(false)} subject={session.subject} />
            <DepartmentNames>
              <Frame>
                <Suspense fallback={<Loading />}>
                  <Routes>
                    <Route index element={<Navigate to="find" replace />} />
                    {routes.map((route) => (
                      <Route key={route.path} path={route.path} element={<Page route={route} />} />
                    ))}
                    <Route path="signed-in" element={<SignedIn />} />
                    <Route path="*" element={<NotFound />} />
                  </Routes>
                </Suspense>
              </Frame>
            </DepartmentNames>
          </SessionContext>
        </Provider>
      </App>
    </ConfigProvider>
  );
}

/** A page, for who has one of its roles. The hub decides what is answered; this says beforehand whom the page is for. */
function Page({ route: { page: Content, roles } }: { route: PageRoute }) {
  const session = useSession();
  const { t } = useTranslation();
  if (!session.department)
    return <Result status="warning" title={t('notRegistered')} subTitle={t('notRegisteredHelp')} />;
  if (roles && !roles.some((role) => session.roles.includes(role))) {
    const names = roles.map((role) => t(`roles.${role}`)).join('、');
    return <Result status="403" title={t('notForYou')} subTitle={t('notForYouHelp', { roles: names })} />;
  }
  return <Content />;
}

/** Where a sign-in in a window of its own ends. */
function SignedIn() {
  const { t } = useTranslation();
  useEffect(() => window.close(), []);
  return <Result status="success" title={t('signedIn')} subTitle={t('signedInHelp')} />;
}

function NotFound() {
  const { t } = useTranslation();
  return (
    <Result status="404" title={t('notFound')} subTitle={t('notFoundHelp')} extra={<a href="/portal">{t('home')}</a>} />
  );
}
