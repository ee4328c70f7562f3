import Button from 'antd/es/button';
import Form from 'antd/es/form';
import Input from 'antd/es/input';
import Radio from 'antd/es/radio';
import Result from 'antd/es/result';
import Select from 'antd/es/select';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { PageHead } from '../../parts/page-head.js';
import { ProblemAlert } from '../../parts/problem.js';
import { useAnswer } from '../../parts/use-answer.js';
import { useCommand, type Command } from '../../parts/use-command.js';
import {
  ChangeSourceDocument,
  RegisterSourceDocument,
  SourceToChangeDocument,
  type SourceInput,
  type SourceKind,
  type SourceToChangeQuery,
} from './sources.generated.js';
import { accessOf, ACCESSES, inputOf, isDatabase, type SourceFields } from './source-fields.js';

type Known = NonNullable<SourceToChangeQuery['sources']>['nodes'][number];
const KINDS: readonly SourceKind[] = ['POSTGRESQL', 'MARIADB', 'MYSQL', 'REST', 'SOAP'];

/** Registers a database or service that the hub reads, or what one is to become. Another person confirms it. */
export default function SourceFormPage() {
  const { t } = useTranslation('provide');
  const [params] = useSearchParams();
  const change = params.get('change') ?? '';
  const answer = useAnswer(SourceToChangeDocument, { name: change }, change === '');
  const known = answer.data?.sources?.nodes.find(({ state }) => state === 'ACTIVE');
  const register = useCommand(RegisterSourceDocument, (data) => data.registerSource);
  const replace = useCommand(ChangeSourceDocument, (data) => data.changeSource);
  if (change === '')
    return <SourceForm title={t('registerSource')} intro={t('registerSourceIntro')} command={register} />;
  if (answer.problem) return <ProblemAlert problem={answer.problem} onRetry={answer.reload} />;
  if (!known) return answer.loading ? null : <Result status="404" title={t('noSource')} subTitle={change} />;
  return (
    <SourceForm
      title={t('changeSourceOf', { name: change })}
      intro={t('changeSourceIntro')}
      command={replace}
      known={known}
    />
  );
}

function SourceForm({
  title,
  intro,
  command,
  known,
}: {
  title: string;
  intro: string;
  command: Command<{ input: SourceInput; note: string }, unknown>;
  known?: Known;
}) {
  const { t } = useTranslation('provide');
  const { t: enums } = useTranslation('enums');
  const navigate = useNavigate();
  const [form] = Form.useForm<SourceFields>();
  const kind = Form.useWatch('kind', form) ?? known?.kind ?? 'POSTGRESQL';
  const access = Form.useWatch('access', form) ?? accessOf(known);
  const required = [{ required: true, message: t('fillIn') }];
  const send = async (fields: SourceFields) => {
    if (await command.run({ input: inputOf(fields), note: fields.note })) void navigate('/sources', { replace: true });
  };
  return (
    <>
      <PageHead title={title} intro={intro} />
      <Form<SourceFields>
        form={form}
        layout="vertical"
        style={{ maxWidth: 640 }}
        autoComplete="off"
        initialValues={{
          kind,
          access,
          ...(known && {
            name: known.name,
            address: known.address,
            database: known.databaseName,
            user: known.account,
            tokenAddress: known.tokenAddress,
            tokenScope: known.tokenScope,
          }),
          tls: known?.tls ?? 'VERIFIED',
        }}
        onFinish={(fields) => void send(fields)}
      >
        <Form.Item name="name" label={t('sourceName')} extra={t('sourceNameHelp')} rules={required}>
          <Input maxLength={63} disabled={known !== undefined} />
        </Form.Item>
        <Form.Item name="kind" label={t('kind')}>
          <Select
            disabled={known !== undefined}
            options={KINDS.map((value) => ({ value, label: enums(`SourceKind.${value}`) }))}
          />
        </Form.Item>
        <Form.Item
          name="address"
          label={t('address')}
          extra={isDatabase(kind) ? t('addressOfDatabase') : t('addressOfService')}
          rules={required}
        >
          <Input maxLength={2000} />
        </Form.Item>
        {isDatabase(kind) ? (
          <Form.Item name="database" label={t('database')} rules={required}>
            <Input maxLength={128} />
          </Form.Item>
        ) : (
          <Form.Item name="access" label={t('access')}>
            <Radio.Group
              className="stacked"
              options={ACCESSES.map((value) => ({ value, label: t(`accesses.${value}`) }))}
            />
          </Form.Item>
        )}
        {!isDatabase(kind) && access === 'CLIENT' && (
          <>
            <Form.Item name="tokenAddress" label={t('tokenAddress')} extra={t('tokenAddressHelp')} rules={required}>
              <Input maxLength={2000} />
            </Form.Item>
            <Form.Item name="tokenScope" label={t('tokenScope')} extra={t('tokenScopeHelp')}>
              <Input maxLength={500} />
            </Form.Item>
          </>
        )}
        {(isDatabase(kind) || access === 'ACCOUNT' || access === 'CLIENT') && (
          <Form.Item
            name="user"
            label={!isDatabase(kind) && access === 'CLIENT' ? t('clientName') : t('account')}
            extra={isDatabase(kind) ? t('accountHelp') : undefined}
            rules={required}
          >
            <Input maxLength={128} autoComplete="off" />
          </Form.Item>
        )}
        {(isDatabase(kind) || access !== 'NONE') && (
          <Form.Item
            name="password"
            label={
              isDatabase(kind) || access === 'ACCOUNT'
                ? t('password')
                : access === 'CLIENT'
                  ? t('clientSecret')
                  : t('bearerToken')
            }
            extra={t('passwordHelp')}
            rules={required}
          >
            <Input.Password autoComplete="new-password" visibilityToggle={false} />
          </Form.Item>
        )}
        <Form.Item name="tls" label={t('tls')}>
          <Radio.Group
            options={(['VERIFIED', 'NONE'] as const).map((value) => ({ value, label: enums(`SourceTls.${value}`) }))}
          />
        </Form.Item>
        <Form.Item
          name="caCertificate"
          label={t('caCertificate')}
          extra={known?.hasOwnCertificate ? t('caCertificateAgain') : t('caCertificateHelp')}
        >
          <Input.TextArea className="source" rows={3} spellCheck={false} />
        </Form.Item>
        <Form.Item name="note" label={t('note')} rules={required}>
          <Input maxLength={300} />
        </Form.Item>
        {command.problem && <ProblemAlert problem={command.problem} />}
        <Button type="primary" htmlType="submit" loading={command.busy}>
          {t('submit')}
        </Button>
      </Form>
    </>
  );
}
