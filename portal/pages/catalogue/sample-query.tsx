import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ProblemAlert } from '../../parts/problem.js';
import { readTypes } from '../../parts/query/read-types.js';
import { rootOfResource, startQuery, typesOfRoot } from '../../parts/query/start-query.js';
import { writeQuery } from '../../parts/query/built-query.js';

/** A first query of a resource's records, with the way to try it. Nothing of it is run here.
 *  @param props  `code` of the resource */
export function SampleQuery({ code }: { code: string }) {
  const { t } = useTranslation('catalogue');
  const [sample, setSample] = useState<string | null>();
  const [failed, setFailed] = useState(false);
  const read = async () => {
    setFailed(false);
    const [query] = await readTypes(['Query'], undefined);
    const root = rootOfResource(query?.fields ?? [], code);
    if (!root) return setSample(null);
    const types = await readTypes(typesOfRoot(root), undefined);
    setSample(writeQuery(startQuery(root, new Map(types.map((type) => [type.name, type]))), root));
  };
  const load = () => void read().catch(() => setFailed(true));
  useEffect(load, [code]);
  if (failed) return <ProblemAlert problem={{ message: t('noSample') }} onRetry={load} />;
  if (sample === undefined) return null;
  if (sample === null) return <p>{t('notServed')}</p>;
  return (
    <>
      <pre className="source" tabIndex={0} aria-label={t('sample')}>
        {sample}
      </pre>
      <p>
        <Link to={`/try?resource=${encodeURIComponent(code)}`}>{t('tryIt')}</Link>
      </p>
    </>
  );
}
