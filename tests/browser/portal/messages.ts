import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { mail } from '../support/hub-mail.js';
import type { Journey } from '../support/journey.js';
import { Visitor } from '../support/visitor.js';

/** A data administrator has notices sent to their mail, sees an address refused and a robot refused, and ends the messages. */
export const chooseMessages: Journey = async (browser, hub) => {
  const officer = await Visitor.signIn(browser, hub, '赵磊');
  const { page } = officer;
  await officer.open('messages');
  await page.getByRole('heading', { name: '我的消息' }).waitFor();
  await page.getByRole('button', { name: '设置邮箱' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('邮箱地址').fill('zhao.lei@elsewhere.example');
  await page.getByRole('button', { name: '确认' }).click();
  await dialog.getByText('只准许向 example.gov.cn 发送邮件').waitFor();
  await officer.look('messages-refused');
  await dialog.getByLabel('邮箱地址').fill('zhao.lei@example.gov.cn');
  await page.getByRole('button', { name: '确认' }).click();
  await page.getByText('待验证').waitFor();
  const code = await receivedCode();
  await page.getByRole('button', { name: '填写验证码' }).click();
  await page.getByRole('dialog').getByLabel('验证码').fill(code);
  await page.getByRole('button', { name: '确认' }).click();
  await page.getByText('使用中').waitFor();

  await page.getByRole('button', { name: '添加群机器人' }).click();
  const robot = page.getByRole('dialog', { name: '添加群机器人' });
  await robot.getByLabel('群名称').fill('数据共享工作群');
  await robot.getByLabel('群机器人地址').fill('https://127.0.0.1:4000/robot/send?access_token=x');
  await robot.getByLabel('加签密钥').fill('SEC-of-a-robot');
  await robot.getByRole('button', { name: '确认' }).click();
  await robot.getByText('该地址不是公网地址').waitFor();
  await officer.look('messages-robot-refused');
  await robot.getByRole('button', { name: '取消' }).click();
  await robot.waitFor({ state: 'hidden' });
  await officer.look('messages');

  await page.getByRole('button', { name: '取消消息' }).click();
  await page.getByRole('dialog', { name: '取消消息' }).getByRole('button', { name: '确认' }).click();
  await page.getByRole('button', { name: '设置邮箱' }).waitFor();
  assert.equal(mail.received.length, 1);
  await officer.leave();
};

/** The code of the first mail; waits for it. */
async function receivedCode(): Promise<string> {
  for (let tries = 0; tries < 300; tries++) {
    const [, code] = /(\d{6})/.exec(mail.received[0]?.text ?? '') ?? [];
    if (code !== undefined) return code;
    await pause(100);
  }
  throw new Error('No code was mailed.');
}
