import Modal from 'antd/es/modal';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { readSession } from './session.js';

/** Says that the session has ended, over the page, which keeps what was typed: signing in happens in a window of its own,
 *  and when the same person is back in it the page goes on. Another person gets a page of their own. */
export function SessionEnded({ open, onBack, subject }: { open: boolean; onBack: () => void; subject: string }) {
  const { t } = useTranslation();
  useEffect(() => {
    if (!open) return undefined;
    const look = async () => {
      const session = await readSession();
      if (!session) return;
      if (session.subject === subject) onBack();
      else location.assign('/portal');
    };
    window.addEventListener('focus', look);
    return () => window.removeEventListener('focus', look);
  }, [open, onBack, subject]);
  return (
    <Modal
      open={open}
      title={t('sessionEnded')}
      closable={false}
      cancelButtonProps={{ style: { display: 'none' } }}
      okText={t('signIn')}
      onOk={() => void window.open('/session/sign-in?to=/portal/signed-in', '_blank', 'popup,width=520,height=640')}
    >
      {t('sessionEndedHelp')}
    </Modal>
  );
}
