import { startMailServer } from '../../governance/support/mail-server.js';

/** The mail server of the hub under test, and the settings that name it. */
export const mail = await startMailServer();
export const mailSettings: Readonly<Record<string, string>> = {
  MAIL_URL: `smtp://127.0.0.1:${mail.port}`,
  MAIL_FROM: '政务数据共享平台 <hub@example.gov.cn>',
  MAIL_DOMAINS: 'example.gov.cn',
  MAIL_PLAIN: 'true',
  MESSAGE_HOSTS: 'oapi.dingtalk.com, qyapi.weixin.qq.com',
};
