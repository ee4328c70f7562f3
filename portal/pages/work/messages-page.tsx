import Alert from 'antd/es/alert';
import Form from 'antd/es/form';
import Input from 'antd/es/input';
import Radio from 'antd/es/radio';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Act } from '../../parts/act.js';
import { Loading } from '../../parts/loading.js';
import { PageHead } from '../../parts/page-head.js';
import { ProblemAlert } from '../../parts/problem.js';
import { useAnswer } from '../../parts/use-answer.js';
import { useCommand } from '../../parts/use-command.js';
import { ChoiceFields, INITIAL_CHOICE, toChoice, type Choice } from './choice-fields.js';
import { MessageChannelView } from './message-channel-view.js';
import {
  AddRobotDocument,
  ConfirmMailAddressDocument,
  MessagesDocument,
  SetMailAddressDocument,
  type RobotKind,
} from './messages.generated.js';

const ROBOTS: readonly RobotKind[] = ['DINGTALK', 'WECOM', 'ZHEZHENGDING'];

interface RobotForm extends Choice {
  readonly robot: RobotKind;
  readonly name: string;
  readonly address: string;
  readonly secret?: string;
}

/** Where one's own notices are sent beyond the hub, and those of the department for who keeps its robots. */
export default function MessagesPage() {
  const { t } = useTranslation('work');
  const { t: enums } = useTranslation('enums');
  const { data, loading, problem, reload } = useAnswer(MessagesDocument, {});
  const setMail = useCommand(SetMailAddressDocument, ({ setMailAddress }) => setMailAddress);
  const confirm = useCommand(ConfirmMailAddressDocument, ({ confirmMailAddress }) => confirmMailAddress);
  const addRobot = useCommand(AddRobotDocument, (result) => result.addRobot);
  const [robotKind, setRobotKind] = useState<RobotKind>('DINGTALK');
  const required = [{ required: true, message: t('fillIn') }];
  const settings = data?.messageSettings;
  if (problem) return <ProblemAlert problem={problem} onRetry={reload} />;
  if (!settings) return loading ? <Loading /> : null;
  const { mail, robots, mailDomains, robotsOffered, keepsRobots, dailyHour } = settings;
  const domains = mailDomains.includes('*') ? t('anyDomain') : mailDomains.join('、');
  return (
    <>
      <PageHead title={t('messages')} intro={t('messagesIntro', { hour: dailyHour })} />
      <section aria-labelledby="mail-heading">
        <h2 id="mail-heading">{t('ownMail')}</h2>
        {mail && <MessageChannelView channel={mail} mayChange onDone={reload} />}
        {mail?.state === 'UNCONFIRMED' && (
          <p>
            <Act<Parameters<typeof confirm.run>[0], unknown, { code: string }>
              label={t('enterCode')}
              primary
              help={t('enterCodeHelp', { address: mail.address })}
              fields={
                <Form.Item name="code" label={t('mailCode')} rules={required}>
                  <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} />
                </Form.Item>
              }
              command={confirm}
              variables={({ code }) => ({ code })}
              onDone={reload}
            />
          </p>
        )}
        {mailDomains.length === 0 ? (
          <Alert type="info" showIcon title={t('noMail')} />
        ) : (
          <Act<Parameters<typeof setMail.run>[0], unknown, Choice & { address: string }>
            label={mail ? t('changeMail') : t('setMail')}
            primary={!mail}
            help={t('setMailHelp', { domains })}
            fields={
              <>
                <Form.Item name="address" label={t('mailAddress')} rules={required}>
                  <Input type="email" autoComplete="email" maxLength={200} />
                </Form.Item>
                <ChoiceFields />
              </>
            }
            initial={INITIAL_CHOICE}
            command={setMail}
            variables={({ address, ...choice }) => ({ address, choice: toChoice(choice) })}
            onDone={reload}
          />
        )}
      </section>
      <section aria-labelledby="robots-heading">
        <h2 id="robots-heading">{t('robots')}</h2>
        <p>{t('robotsIntro')}</p>
        {robots.map((robot) => (
          <MessageChannelView key={robot.id} channel={robot} mayChange={keepsRobots} onDone={reload} />
        ))}
        {!robotsOffered && <Alert type="info" showIcon title={t('noRobotsOffered')} />}
        {robotsOffered && !keepsRobots && robots.length === 0 && <p>{t('noRobots')}</p>}
        {robotsOffered && keepsRobots && (
          <Act<Parameters<typeof addRobot.run>[0], unknown, RobotForm>
            label={t('addRobot')}
            help={t('addRobotHelp')}
            fields={
              <>
                <Form.Item name="robot" label={t('robotKind')} rules={required}>
                  <Radio.Group onChange={({ target }) => setRobotKind(target.value as RobotKind)}>
                    {ROBOTS.map((kind) => (
                      <Radio key={kind} value={kind}>
                        {enums(`RobotKind.${kind}`)}
                      </Radio>
                    ))}
                  </Radio.Group>
                </Form.Item>
                <Form.Item name="name" label={t('robotName')} rules={required}>
                  <Input maxLength={50} />
                </Form.Item>
                <Form.Item name="address" label={t('robotAddress')} extra={t('robotAddressHelp')} rules={required}>
                  <Input autoComplete="off" maxLength={1000} />
                </Form.Item>
                {robotKind !== 'WECOM' && (
                  <Form.Item name="secret" label={t('robotSecret')} extra={t('robotSecretHelp')} rules={required}>
                    <Input type="password" autoComplete="off" maxLength={200} />
                  </Form.Item>
                )}
                <ChoiceFields />
              </>
            }
            initial={{ ...INITIAL_CHOICE, robot: 'DINGTALK' }}
            command={addRobot}
            variables={({ robot, name, address, secret, ...choice }) => ({
              input: { kind: robot, name, address, ...(robot !== 'WECOM' && { secret }) },
              choice: toChoice(choice),
            })}
            onDone={reload}
          />
        )}
      </section>
    </>
  );
}
