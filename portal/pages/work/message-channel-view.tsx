import Alert from 'antd/es/alert';
import Button from 'antd/es/button';
import Descriptions from 'antd/es/descriptions';
import { useTranslation } from 'react-i18next';
import { Act } from '../../parts/act.js';
import { showTime } from '../../parts/dates.js';
import { useCommand } from '../../parts/use-command.js';
import { ChoiceFields, toChoice, type Choice } from './choice-fields.js';
import {
  ChangeMessagesDocument,
  EndMessagesDocument,
  ResumeMessagesDocument,
  type MessagesQuery,
} from './messages.generated.js';

type Channel = NonNullable<NonNullable<MessagesQuery['messageSettings']>['mail']>;

/** One place to which notices are sent, and what can be done about it. */
export function MessageChannelView({
  channel,
  mayChange,
  onDone,
}: {
  channel: Channel;
  mayChange: boolean;
  onDone: () => void;
}) {
  const { t } = useTranslation('work');
  const { t: enums } = useTranslation('enums');
  const change = useCommand(ChangeMessagesDocument, ({ changeMessages }) => changeMessages);
  const resume = useCommand(ResumeMessagesDocument, ({ resumeMessages }) => resumeMessages);
  const end = useCommand(EndMessagesDocument, ({ endMessages }) => endMessages);
  const { id, kind, name, address, kinds, timing, language, state, failure, sentAt, waiting } = channel;
  const title = `${enums(`MessageChannelKind.${kind}`)} ${name ?? address}`;
  const resumeNow = async () => {
    if (await resume.run({ id })) onDone();
  };
  return (
    <article aria-label={title}>
      {failure && (
        <Alert
          type="warning"
          showIcon
          title={t(state === 'STOPPED' ? 'channelStopped' : 'channelFails', {
            reason: enums(`MessageFailure.${failure}`),
          })}
          action={
            state === 'STOPPED' &&
            mayChange && (
              <Button loading={resume.busy} onClick={() => void resumeNow()}>
                {t('resumeMessages')}
              </Button>
            )
          }
        />
      )}
      <Descriptions
        title={title}
        column={{ xs: 1, md: 2 }}
        bordered
        size="small"
        items={[
          { key: 'address', label: t('channelAddress'), children: address },
          { key: 'state', label: t('channelState'), children: enums(`MessageChannelState.${state}`) },
          {
            key: 'kinds',
            label: t('whichNotices'),
            children: kinds.map((each) => enums(`NoticeKind.${each}`)).join('、'),
          },
          { key: 'timing', label: t('whenSent'), children: enums(`MessageTiming.${timing}`) },
          { key: 'sent', label: t('lastSent'), children: sentAt ? showTime(sentAt) : '—' },
          { key: 'waiting', label: t('waiting'), children: waiting },
        ]}
      />
      {mayChange && (
        <p>
          <Act<Parameters<typeof change.run>[0], unknown, Choice>
            label={t('changeMessages')}
            fields={<ChoiceFields />}
            initial={{ kinds, timing, language }}
            command={change}
            variables={(choice) => ({ id, choice: toChoice(choice) })}
            onDone={onDone}
          />{' '}
          <Act
            label={t('endMessages')}
            danger
            help={t('endMessagesHelp')}
            command={end}
            variables={() => ({ id })}
            onDone={onDone}
          />
        </p>
      )}
    </article>
  );
}
