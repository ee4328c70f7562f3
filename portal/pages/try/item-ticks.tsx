import Button from 'antd/es/button';
import Checkbox from 'antd/es/checkbox';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDepartmentName } from '../../parts/department-name.js';
import { onType, ticksAt, type Ticks } from '../../parts/query/built-query.js';
import type { DescribedField } from '../../parts/query/described-types.js';
import { ShareTypeTag } from '../../parts/share-type-tag.js';
import { useRefusalWords } from './refusal-words.js';
import type { KnownTypes } from './use-types.js';

export interface TickContext extends Pick<KnownTypes, 'types' | 'need'> {
  readonly ticks: Ticks;
  readonly onTick: (path: readonly string[], on: boolean) => void;
  /** Department whose items need not be named as another's. */
  readonly provider: string | undefined;
}

/** The items of a type to tick, with how each is shared and whether the department may have it; types that they lead to are
 *  opened within.
 *  @param props  `leavesOnly`: of a list in pages, beside whose records only numbers are of interest */
export function ItemTicks({
  type,
  path,
  context,
  leavesOnly = false,
}: {
  type: string;
  path: readonly string[];
  context: TickContext;
  leavesOnly?: boolean;
}) {
  const { t } = useTranslation('try');
  const { types, need } = context;
  const described = types.get(type);
  useEffect(() => void need([type, ...(described?.members ?? [])]), [need, type, described]);
  if (!described) return <p>{t('loading')}</p>;
  const fields = (described.fields ?? []).filter(({ kind }) => !leavesOnly || isLeaf(kind));
  return (
    <ul className="ticks">
      {fields.map((field) =>
        isLeaf(field.kind) ? (
          <LeafTick key={field.name} field={field} path={[...path, field.name]} context={context} />
        ) : (
          <BranchTick key={field.name} field={field} path={[...path, field.name]} context={context} />
        ),
      )}
      {described.members?.map((member) => (
        <MemberTick key={member} member={member} path={[...path, onType(member)]} context={context} />
      ))}
    </ul>
  );
}

const isLeaf = (kind: DescribedField['kind']): boolean => kind === 'SCALAR' || kind === 'ENUM';

function LeafTick({ field, path, context }: { field: DescribedField; path: readonly string[]; context: TickContext }) {
  const { t } = useTranslation('try');
  const needsMore = field.args.some(({ required }) => required);
  return (
    <li>
      <Checkbox
        checked={ticksAt(context.ticks, path) !== undefined}
        disabled={needsMore}
        onChange={({ target }) => context.onTick(path, target.checked)}
      >
        {field.title} <code>{field.name}</code>
      </Checkbox>
      {needsMore && <small>{t('byHandOnly')}</small>}
      <FieldNotes field={field} provider={context.provider} />
    </li>
  );
}

/** An item that leads to another type, often of another department: its items are shown when it is opened. */
function BranchTick({
  field,
  path,
  context,
}: {
  field: DescribedField;
  path: readonly string[];
  context: TickContext;
}) {
  const { t } = useTranslation('try');
  const ticked = ticksAt(context.ticks, path) !== undefined;
  const [open, setOpen] = useState(ticked);
  const needsMore = field.args.some(({ required }) => required);
  return (
    <li>
      <Button
        size="small"
        aria-expanded={open}
        aria-label={t(open ? 'close' : 'open', { title: field.title })}
        disabled={needsMore}
        onClick={() => setOpen(!open)}
      >
        {open ? '−' : '+'}
      </Button>{' '}
      {ticked ? <strong>{field.title}</strong> : field.title} <code>{field.name}</code>
      {needsMore && <small>{t('byHandOnly')}</small>}
      <FieldNotes field={field} provider={context.provider} />
      {open && (
        <ItemTicks
          type={field.named}
          path={path}
          context={{ ...context, provider: field.provider ?? context.provider }}
        />
      )}
    </li>
  );
}

function MemberTick({ member, path, context }: { member: string; path: readonly string[]; context: TickContext }) {
  const { t } = useTranslation('try');
  const [open, setOpen] = useState(ticksAt(context.ticks, path) !== undefined);
  const title = context.types.get(member)?.title ?? member;
  return (
    <li>
      <Button
        size="small"
        aria-expanded={open}
        aria-label={t(open ? 'close' : 'open', { title })}
        onClick={() => setOpen(!open)}
      >
        {open ? '−' : '+'}
      </Button>{' '}
      {t('whereItIs', { title })} <code>{member}</code>
      {open && <ItemTicks type={member} path={path} context={context} />}
    </li>
  );
}

/** How an item is shared, by whom where that is another department, and whether it would be refused. */
function FieldNotes({ field, provider }: { field: DescribedField; provider: string | undefined }) {
  const departmentName = useDepartmentName();
  const words = useRefusalWords();
  return (
    <small className="notes">
      {field.provider && field.provider !== provider && <span>{departmentName(field.provider)}</span>}
      {field.shareType && <ShareTypeTag shareType={field.shareType} />}
      {field.refused && (
        <span className="refused" title={field.refused.message}>
          {words(field.refused.code)}
        </span>
      )}
    </small>
  );
}
